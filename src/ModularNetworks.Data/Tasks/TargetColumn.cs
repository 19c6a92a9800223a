using System.Globalization;
using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>The column of a table that is predicted.</summary>
internal sealed class TargetColumn
{
    private const int MostClasses = 1000;

    // More whole numbers than these are rather counts or amounts.
    private const int MostPossibleClasses = 20;

    private readonly TextTable _table;
    private readonly TableSpelling _asked;
    private readonly NumberForm? _form;

    /// <summary>Looks at all rows of the column.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">The column.</param>
    /// <param name="kind">Whether it is classes or numbers, if that is given.</param>
    /// <param name="asked">Which ways of writing numbers are read.</param>
    /// <exception cref="DataException">A cell is missing, all are the same, or there are too many classes.</exception>
    public TargetColumn(TextTable table, int column, TargetKind kind, TableSpelling asked)
    {
        (_table, Column, _asked) = (table, column, asked);
        for (int row = 0; row < table.Count; row++)
        {
            if (CellValue.IsMissing(table[row][column]))
                throw Missing(table, row, column);
        }
        var texts = Texts();
        int different = texts.Count;
        int numbers = Cells().Count(cell => CellValue.IsWrittenAsNumber(cell, table.Numbers));
        var spelling = kind == TargetKind.Classes || numbers == table.Count ? Spelling.None : Spelling.Of(table, Texts(), asked);
        bool areNumbers = 2 * numbers >= table.Count || spelling.Numbers is not null;
        IsNumber = kind == TargetKind.Number || (kind == TargetKind.Auto && areNumbers && different > 2);
        if (IsNumber && spelling.Doubt is not null)
            throw spelling.InDoubt(table, column);
        _form = IsNumber ? spelling.Numbers : null;
        if (IsNumber && kind == TargetKind.Auto && different <= MostPossibleClasses && texts.All(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            PossibleClasses = different;
        if (different == 1)
            throw table.Problem(0, column, "a target that is not the same in all rows", "Give another --target.");
        if (!IsNumber && different > MostClasses)
        {
            throw new DataException(
                $"{table.Source}: the target column '{ShownText.Of(table.Columns[column])}' has {different} different words; at most {MostClasses} classes "
                + $"can be told apart. {OtherSpellingOf()}Give another --target, or --set targetKind=number.");
        }
    }

    /// <summary>The place of the column.</summary>
    public int Column { get; }

    /// <summary>Whether it is numbers.</summary>
    public bool IsNumber { get; }

    /// <summary>The number of different values, if they were taken for numbers but may be numbers of classes: few, and all of them whole; else null.</summary>
    public int? PossibleClasses { get; }

    /// <summary>The class of each row; the same for all rows if the target is a number.</summary>
    public string[] Strata => IsNumber ? [.. Cells().Select(_ => "")] : [.. Cells()];

    /// <summary>Fits the target to the training rows.</summary>
    /// <exception cref="DataException">A cell is no number.</exception>
    public TableTarget Fit(int[] rows)
    {
        var target = new TableTarget { Name = _table.Columns[Column] };
        if (!IsNumber)
            return target with { Classes = LabelColumn.InOrder([.. rows.Select(row => _table[row][Column]).Distinct(StringComparer.Ordinal)]) };
        var (mean, deviation) = ColumnFit.Moments([.. rows.Select(NumberIn)]);
        return target with { NumberForm = _form, Mean = mean, Deviation = deviation };
    }

    /// <summary>The numbers of some rows' classes.</summary>
    /// <exception cref="DataException">A class is not among those of the training rows.</exception>
    public int[] Labels(TableTarget target, int[] rows)
    {
        var places = target.Classes!.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        return [.. rows.Select(row => places.TryGetValue(_table[row][Column], out int place)
            ? place
            : throw _table.Problem(row, Column, "a class that training rows have", "Take split=random, or other shares of rows, or remove the row."))];
    }

    /// <summary>The numbers of some rows, in deviations from the mean.</summary>
    /// <exception cref="DataException">A cell is no number.</exception>
    public float[] Standardised(TableTarget target, int[] rows) => [.. rows.Select(row => (float)((NumberIn(row) - target.Mean) / target.Deviation))];

    /// <summary>Says that a row has no target.</summary>
    public static DataException Missing(TextTable table, int row, int column) =>
        table.Problem(row, column, "the target, which must not be missing,", $"{table.WayOn}.");

    /// <summary>Says that a target is no number.</summary>
    public static DataException NoNumber(TextTable table, int row, int column, NumberForm? form) => table.Problem(
        row, column, $"{CellValue.ExpectedNumber(table[row][column], form, table.Numbers)} as target", $"{table.WayOn}, or give --set targetKind=classes.");

    private double NumberIn(int row) =>
        CellValue.TryNumber(_table[row][Column], _form, _table.Numbers, out double number) ? number : throw NoNumber(_table, row, Column, _form);

    /// <summary>Says why the rows make no three parts.</summary>
    /// <param name="parts">What they make, in words.</param>
    public DataException TooFew(string parts)
    {
        int[] classes = IsNumber ? [] : [.. Cells().CountBy(cell => cell, StringComparer.Ordinal).Select(count => count.Value)];
        int ofOneRow = classes.Count(rows => rows == 1);
        return 2 * ofOneRow > classes.Length
            ? new DataException(
                $"{_table.Source}: the target column '{ShownText.Of(_table.Columns[Column])}' has {Counted.Of(classes.Length, "class", "classes")}, of which {ofOneRow} have one row, which is "
                + $"for training, so that {parts} {OtherSpellingOf()}Give another --target, or a table with more rows of each class.")
            : new DataException($"{_table.Source}: {parts} Use more rows.");
    }

    /// <summary>A sentence about numbers or dates that are spelt otherwise; empty if the cells are none.</summary>
    private string OtherSpellingOf() => Spelling.HintOf(_table, Texts(), _asked) is { } hint ? $"{hint}. " : "";

    private HashSet<string> Texts() => Cells().ToHashSet(StringComparer.Ordinal);

    private IEnumerable<string> Cells() => Enumerable.Range(0, _table.Count).Select(row => _table[row][Column]);
}
