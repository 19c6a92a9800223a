namespace ModularNetworks.Cli.CommandLine;

/// <summary>Tables that are read as text and as Markdown alike. They are never folded, so that they can stand in a page.</summary>
internal static class MarkdownTable
{
    /// <summary>The lines of a table whose first column is text and whose others are numbers.</summary>
    /// <param name="rows">The titles, then the rows; all of the same length.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => row[column].Length))];
        yield return Line(rows[0], widths);
        yield return $"|{string.Join('|', widths.Select((width, column) => Rule(width, column)))}|";
        foreach (string[] row in rows.Skip(1))
            yield return Line(row, widths);
    }

    private static string Line(string[] cells, int[] widths) =>
        $"| {string.Join(" | ", cells.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column])))} |";

    private static string Rule(int width, int column) => new string('-', width + 1) + (column == 0 ? '-' : ':');
}
