using System.Globalization;
using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Gathers the labels of a table and makes classes of them.</summary>
internal sealed class LabelColumn
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<int> _labels = [];
    private readonly bool _isFixed;

    /// <summary>Gathers labels.</summary>
    /// <param name="classes">The labels that may occur, in order; null if that is to be seen.</param>
    public LabelColumn(IReadOnlyList<string>? classes)
    {
        _isFixed = classes is not null;
        foreach (string name in classes ?? [])
            _numbers.Add(name, _numbers.Count);
    }

    /// <summary>Takes the label in a column of the reader's row.</summary>
    /// <exception cref="DataException">There is none, it is a broken number, or it is not among those that may occur.</exception>
    public void Add(TableReader reader, int column)
    {
        string label = reader.Text(column);
        if (IsWholeNumber(label, out long value))
            label = value.ToString(CultureInfo.InvariantCulture);
        else if (double.TryParse(label.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            throw reader.Problem(column, "a whole number or a word as label");
        if (!_numbers.TryGetValue(label, out int number))
        {
            number = _numbers.Count;
            if (_isFixed)
                throw reader.Problem(column, $"one of the {Counted.Of(number, "label")} of the training table");
            _numbers.Add(label, number);
        }
        _labels.Add(number);
    }

    /// <summary>
    /// The classes: as they were given, else the labels seen, in numeric order if all are whole numbers and in ordinal order
    /// otherwise.
    /// </summary>
    /// <param name="labels">The number of each row's class, <c>[rows]</c>.</param>
    public string[] ToClasses(out int[] labels)
    {
        string[] seen = [.. _numbers.OrderBy(pair => pair.Value).Select(pair => pair.Key)];
        string[] classes = _isFixed ? seen : InOrder(seen);
        var places = classes.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        int[] classOfNumber = [.. seen.Select(name => places[name])];
        labels = [.. _labels.Select(number => classOfNumber[number])];
        return classes;
    }

    /// <summary>Names of classes in numeric order if all are whole numbers, and in ordinal order otherwise.</summary>
    public static string[] InOrder(string[] names) => names.All(name => IsWholeNumber(name, out _))
        ? [.. names.OrderBy(name => long.Parse(name, CultureInfo.InvariantCulture))]
        : [.. names.Order(StringComparer.Ordinal)];

    private static bool IsWholeNumber(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
