using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Makes vectors with targets of a table by an encoding that was fitted on the rows of another one.</summary>
public static class EncodedTable
{
    // The rows have no tasks, but for one that all have.
    private static readonly string[] OneTask = ["all"];

    /// <summary>Makes the datapoints of all rows.</summary>
    /// <param name="table">The table. Its columns are found by their names, in any order; those that the encoding leaves out may be missing.</param>
    /// <param name="encoding">The encoding. Words that no training row had are no category.</param>
    /// <returns>The datapoints; the numbers of a target are in its deviations from its mean in the training rows.</returns>
    /// <exception cref="DataException">A column is missing, a cell is not of its column's kind, or a class was in no training row.</exception>
    public static TaskPoints PointsOf(TextTable table, TableEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(encoding);
        int[] places = [.. encoding.Columns.Select(column => PlaceOf(table, column.Name, isNeeded: column.Features() > 0))];
        int target = PlaceOf(table, encoding.Target.Name, isNeeded: true);
        int[] rows = [.. Enumerable.Range(0, table.Count)], tasks = new int[rows.Length];
        var damaged = new DamagedRows();
        var inputs = Vectors(table, encoding, places, rows, (row, column) => damaged.Add(table.NumberOf(row), table.Problem(
            row, places[column], $"{encoding.Columns[column].Expected(table[row][places[column]], table.Numbers)}, as in the training,", $"{table.WayOn}.")));
        if (encoding.Target.Classes is { } classes)
        {
            int[] labels = Labels(table, target, classes, damaged);
            damaged.Refuse();
            return TaskPoints.OfClasses(inputs, OneTask, tasks, classes, labels);
        }
        float[] numbers = Numbers(table, target, encoding.Target, damaged);
        damaged.Refuse();
        return TaskPoints.OfNumbers(inputs, OneTask, tasks, numbers);
    }

    /// <summary>Makes the vectors of some rows.</summary>
    /// <param name="table">The table.</param>
    /// <param name="encoding">The encoding.</param>
    /// <param name="places">The place of each of the encoding's columns in the table; -1 for none.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="wrong">Is told of each row with a cell that is not of its column's kind, and of the first such column.</param>
    /// <exception cref="DataException">The vectors are too many numbers.</exception>
    internal static VectorRows Vectors(
        TextTable table, TableEncoding encoding, int[] places, int[] rows, Action<int, int> wrong)
    {
        int features = encoding.Features();
        RequireMemory(table, features);
        float[] values = new float[rows.Length * features];
        var stage = table.Begin("rows become numbers", rows.Length);
        for (int n = 0; n < rows.Length; n++)
        {
            stage.Add(1);
            var row = table[rows[n]];
            int column = encoding.Encode(place => places[place] < 0 ? "" : row[places[place]], table.Numbers, values.AsSpan(n * features, features));
            if (column >= 0)
                wrong(rows[n], column);
        }
        return VectorRows.Of(values, features);
    }

    /// <summary>Refuses vectors that would fill the memory.</summary>
    internal static void RequireMemory(TextTable table, int features)
    {
        const long MostNumbers = 1L << 30;
        if ((long)features * table.Count > MostNumbers)
        {
            throw new DataException(
                $"{table.Source}: {Counted.Of(table.Count, "row")} of {features} numbers are more than {MostNumbers} numbers, which is the most. Use fewer rows, or leave "
                + "columns out: --set leaveOut=....");
        }
    }

    private static int PlaceOf(TextTable table, string name, bool isNeeded)
    {
        string wayOn = table switch
        {
            { Dialect: null } => "Check the names of its columns.",
            { HasHeader: false } => "Its first line does not look like names of columns; put them there.",
            _ => "Check the names in its first line.",
        };
        return isNeeded ? NamedColumn.PlaceOf(table.Source, table.Columns, name, wayOn) : -1;
    }

    private static int[] Labels(TextTable table, int target, IReadOnlyList<string> classes, DamagedRows damaged)
    {
        var places = classes.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        int[] labels = new int[table.Count];
        for (int row = 0; row < labels.Length; row++)
        {
            if (!places.TryGetValue(table[row][target], out labels[row]))
                damaged.Add(table.NumberOf(row), table.Problem(row, target, $"one of the {Counted.Of(classes.Count, "class", "classes")} of the training", $"{table.WayOn}."));
        }
        return labels;
    }

    private static float[] Numbers(TextTable table, int column, TableTarget target, DamagedRows damaged)
    {
        float[] numbers = new float[table.Count];
        for (int row = 0; row < numbers.Length; row++)
        {
            if (CellValue.TryNumber(table[row][column], target.NumberForm, table.Numbers, out double number))
                numbers[row] = (float)((number - target.Mean) / target.Deviation);
            else
                damaged.Add(table.NumberOf(row), table.Problem(row, column, $"{CellValue.ExpectedNumber(table[row][column], target.NumberForm, table.Numbers)} as target", $"{table.WayOn}."));
        }
        return numbers;
    }
}
