using System.Globalization;
using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Says in lines of text how a table was read.</summary>
internal static class TableNotes
{
    private const int MostHints = 6;

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
        yield return Text($"columns: {string.Join(", ", Counts(columns))}; {Inputs(problem.Encoding.Features())}");
        if (problem.Encoding.LeftOut() is { Length: > 0 } leftOut)
            yield return $"left out: {leftOut}";
        if (problem.Encoding.WrittenAs() is { Length: > 0 } forms)
            yield return $"written as: {forms}";
        if (problem.ReadAsWords.Count > 0)
            yield return $"hint: read as words: {string.Join(", ", problem.ReadAsWords.Take(MostHints))}. Numbers and dates are read if all cells of a column are written in one way, dates with years of four digits";
        yield return target.Classes is { } classes
            ? Text($"target: {target.Name}, one of {Counted.Of(classes.Count, "class", "classes")}")
            : Text($"target: {target.Name}, a number; mean {target.Mean:G6}, standard deviation {target.Deviation:G6}{Classes(problem)}");
        yield return Text($"rows: {splits.Train.Count} for training, {splits.Valid.Count} for validation, {splits.Test.Count} for the test");
    }

    private static string Classes(TableProblem problem) =>
        problem.PossibleClasses is { } count ? $"; its {count} different numbers may be classes: --set targetKind=classes" : "";

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

    private static string Inputs(int count) => Counted.Of(count, "input");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
