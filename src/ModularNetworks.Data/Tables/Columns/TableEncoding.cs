using System.Globalization;
using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>
/// What turns the rows of a table into vectors, and a network's outputs into answers: fitted on the training rows alone, and all that is
/// needed to read rows that come later.
/// </summary>
public sealed record TableEncoding
{
    /// <summary>The columns of inputs in the order in which their numbers stand in a vector, also those that are left out.</summary>
    public required IReadOnlyList<TableColumn> Columns { get; init; }

    /// <summary>The column that is predicted.</summary>
    public required TableTarget Target { get; init; }

    /// <summary>The size of a vector.</summary>
    public int Features() => Columns.Sum(column => column.Features());

    /// <summary>The columns whose numbers or dates are not written in the usual way, each with an example; empty if there are none.</summary>
    public string WrittenAs()
    {
        IEnumerable<(string Name, string? Example)> all = [.. Columns.Select(column => (column.Name, column.FormExample())), (Target.Name, Target.NumberForm?.ToString())];
        return Few(all.Where(column => column.Example is not null).Select(column => $"{ShownText.Of(column.Name)} {column.Example}"));
    }

    /// <summary>The columns that are left out with the reasons, and how to keep one; empty if there are none.</summary>
    public string LeftOut()
    {
        TableColumn[] leftOut = [.. Columns.Where(column => column.Features() == 0)];
        string wayBack = leftOut.Any(column => column.Kind == ColumnKind.Identifier) ? "; --set keep=NAME keeps a column" : "";
        return Few(leftOut.Select(column => $"{ShownText.Of(column.Name)} ({ReasonOf(column.Kind)})")) + wayBack;
    }

    private static string Few(IEnumerable<string> columns)
    {
        const int Most = 12;
        string[] all = [.. columns];
        return string.Join(", ", all.Take(Most)) + (all.Length > Most ? $" and {all.Length - Most} more" : "");
    }

    private static string ReasonOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Constant => "the same in all training rows",
        ColumnKind.Identifier => "another in each row",
        _ => "as asked for",
    };

    /// <summary>Says how many cells a row needs, and for which columns: the end of a sentence, for messages.</summary>
    public string ExpectedCells() =>
        $"{Counted.Of(Columns.Count, "cell")}, one for each column, {(Columns.Count == 1 ? "is" : "are")} expected: {Few(Columns.Select(column => ShownText.Of(column.Name)))}.";

    /// <summary>Checks an encoding that was not fitted here.</summary>
    /// <exception cref="FormatException">A number is not finite or no deviation, or words are missing, the same, or in no order.</exception>
    public void Validate()
    {
        foreach (var column in Columns)
        {
            Require(Math.Abs(column.Mean) <= double.MaxValue && column.Deviation is > 0 and <= double.MaxValue, column.Name, "mean or deviation");
            Require(column.NumberForm?.IsKnown ?? true, column.Name, "form of numbers");
            Require(column.DateForm is not { } form || Enum.IsDefined(form), column.Name, "form of dates");
            Require(column.Kind != ColumnKind.Category || (column.Categories is { Count: > 0 } categories && AreOrdered(categories)), column.Name, "categories");
        }
        Require(Math.Abs(Target.Mean) <= double.MaxValue && Target.Deviation is > 0 and <= double.MaxValue, Target.Name, "mean or deviation");
        Require(Target.NumberForm?.IsKnown ?? true, Target.Name, "form of numbers");
        Require(Target.Classes is not { } classes || (classes.Count > 0 && classes.Distinct(StringComparer.Ordinal).Count() == classes.Count), Target.Name, "classes");
        Require(Features() > 0, Target.Name, "inputs");
    }

    private static bool AreOrdered(IReadOnlyList<string> words) =>
        Enumerable.Range(1, words.Count - 1).All(place => string.CompareOrdinal(words[place - 1], words[place]) < 0);

    private static void Require(bool condition, string column, string part)
    {
        if (!condition)
            throw new FormatException($"the {part} of column '{ShownText.Of(column)}' cannot be.");
    }

    /// <summary>Makes the vector of a row.</summary>
    /// <param name="cells">The row's cells, in the order of <see cref="Columns"/>.</param>
    /// <param name="decimalSign">The decimal sign of its numbers, a point or a comma.</param>
    /// <param name="features">Receives the vector, <c>[features]</c>.</param>
    /// <returns>The place of the first column whose cell is not of its kind; -1 if all are.</returns>
    /// <exception cref="ArgumentException">The numbers of cells or features are wrong.</exception>
    public int Encode(IReadOnlyList<string> cells, char decimalSign, Span<float> features)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Count != Columns.Count)
            throw new ArgumentException($"TableEncoding: the row has {Counted.Of(cells.Count, "cell")}; {ExpectedCells()}", nameof(cells));
        if (features.Length != Features())
            throw new ArgumentException($"TableEncoding: there is room for {Counted.Of(features.Length, "number")}; the vector of a row has {Features()}.", nameof(features));
        return Encode(place => cells[place], TableDialect.NumbersWith(decimalSign), features);
    }

    /// <summary>Tells the cell of a column.</summary>
    internal delegate ReadOnlySpan<char> CellOf(int place);

    /// <summary>As the public method, with cells from anywhere.</summary>
    internal int Encode(CellOf cellOf, NumberFormatInfo format, Span<float> features)
    {
        for (int place = 0; place < Columns.Count; place++)
        {
            int size = Columns[place].Features();
            if (!Columns[place].TryEncode(cellOf(place), format, features[..size]))
                return place;
            features = features[size..];
        }
        return -1;
    }
}
