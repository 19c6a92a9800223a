namespace ModularNetworks.Data;

/// <summary>The column of a table that is predicted.</summary>
internal sealed class TargetColumn
{
    private const int MostClasses = 1000;

    private readonly TextTable _table;

    /// <summary>Looks at all rows of the column.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">The column.</param>
    /// <param name="kind">Whether it is classes or numbers, if that is given.</param>
    /// <exception cref="DataException">A cell is missing, all are the same, or there are too many classes.</exception>
    public TargetColumn(TextTable table, int column, TargetKind kind)
    {
        (_table, Column) = (table, column);
        for (int row = 0; row < table.Count; row++)
        {
            if (CellValue.IsMissing(table[row][column]))
                throw table.Problem(row, column, "the target, which must not be missing,", $"{table.WayOn}.");
        }
        int different = Cells().Distinct(StringComparer.Ordinal).Count();
        int numbers = Cells().Count(cell => CellValue.IsWrittenAsNumber(cell, table.Numbers));
        IsNumber = kind == TargetKind.Number || (kind == TargetKind.Auto && 2 * numbers >= table.Count && different > 2);
        if (different == 1)
            throw table.Problem(0, column, "a target that is not the same in all rows", "Give another --target.");
        if (!IsNumber && different > MostClasses)
        {
            throw new DataException(
                $"{table.Source}: the target column '{ShownText.Of(table.Columns[column])}' has {different} different words; at most {MostClasses} classes "
                + $"can be told apart. {SpellingOf(table, column)}Give another --target, or --set targetKind=number.");
        }
    }

    /// <summary>The place of the column.</summary>
    public int Column { get; }

    /// <summary>Whether it is numbers.</summary>
    public bool IsNumber { get; }

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
        return target with { Mean = mean, Deviation = deviation };
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

    private double NumberIn(int row) => CellValue.TryNumber(_table[row][Column], _table.Numbers, out double number)
        ? number
        : throw _table.Problem(
            row, Column, $"{CellValue.ExpectedNumber(_table[row][Column], _table.Numbers)} as target", $"{_table.WayOn}, or give --set targetKind=classes.");

    /// <summary>Says why the rows make no three parts.</summary>
    /// <param name="parts">What they make, in words.</param>
    public DataException TooFew(string parts)
    {
        int[] classes = IsNumber ? [] : [.. Cells().CountBy(cell => cell, StringComparer.Ordinal).Select(count => count.Value)];
        int ofOneRow = classes.Count(rows => rows == 1);
        return 2 * ofOneRow > classes.Length
            ? new DataException(
                $"{_table.Source}: the target column '{ShownText.Of(_table.Columns[Column])}' has {classes.Length} classes, of which {ofOneRow} have one row, which is "
                + $"for training, so that {parts} {SpellingOf(_table, Column)}Give another --target, or a table with more rows of each class.")
            : new DataException($"{_table.Source}: {parts} Use more rows.");
    }

    /// <summary>A sentence about numbers or dates that are spelt otherwise; empty if the cells are none.</summary>
    private static string SpellingOf(TextTable table, int column) =>
        OtherSpelling.Of(Enumerable.Range(0, table.Count).Select(row => table[row][column]), table.Numbers) is { } spelling
            ? $"{spelling}; numbers are read as 1234.5, dates as 2026-11-30. "
            : "";

    private IEnumerable<string> Cells() => Enumerable.Range(0, _table.Count).Select(row => _table[row][Column]);
}
