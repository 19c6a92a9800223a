using System.Globalization;
using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>Says in lines of text how a table was read.</summary>
internal static class TableNotes
{
    private static readonly (ColumnKind Kind, string One, string Several)[] Used =
    [
        (ColumnKind.Number, "number", "numbers"), (ColumnKind.Category, "category", "categories"),
        (ColumnKind.YesNo, "yes or no", "yes or no"), (ColumnKind.Date, "date", "dates"),
    ];

    /// <summary>The lines.</summary>
    public static IEnumerable<string> Of(TextTable table, TableProblem problem)
    {
        var (columns, target, splits) = (problem.Encoding.Columns, problem.Encoding.Target, problem.Splits);
        yield return table.Dialect is { } signs ? $"table: {signs}, {(table.HasHeader ? "names of columns in the first line" : "no names of columns")}" : "table: Parquet";
        yield return Text($"columns: {string.Join(", ", Counts(columns))}; {problem.Encoding.Features()} inputs");
        if (columns.Where(column => column.Features() == 0).ToArray() is { Length: > 0 } leftOut)
            yield return $"left out: {Named(leftOut)}";
        yield return target.Classes is { } classes
            ? Text($"target: {target.Name}, one of {classes.Count} classes")
            : Text($"target: {target.Name}, a number; mean {target.Mean:G6}, standard deviation {target.Deviation:G6}");
        yield return Text($"rows: {splits.Train.Count} for training, {splits.Valid.Count} for validation, {splits.Test.Count} for the test");
    }

    private static IEnumerable<string> Counts(IReadOnlyList<TableColumn> columns)
    {
        foreach (var (kind, one, several) in Used)
        {
            if (columns.Count(column => column.Kind == kind) is > 0 and var count)
                yield return Text($"{count} {(count == 1 ? one : several)}");
        }
        if (columns.Count(column => column.HasMissing && column.Features() > 0) is > 0 and var missing)
            yield return Text($"{missing} with missing values");
    }

    private static string Named(TableColumn[] leftOut)
    {
        const int Most = 12;
        string named = string.Join(", ", leftOut.Take(Most).Select(column => $"{column.Name} ({ReasonOf(column.Kind)})"));
        return leftOut.Length > Most ? Text($"{named} and {leftOut.Length - Most} more") : named;
    }

    private static string ReasonOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Constant => "the same in all training rows",
        ColumnKind.Identifier => "another in each row",
        _ => "as asked for",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
