using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Reproduction;

/// <summary>The names by which rows of the table are chosen: a row's name, or a method's name for all of its rows.</summary>
internal static class RowNames
{
    /// <summary>All names, those of the rows in the paper's order first.</summary>
    public static IReadOnlyCollection<string> All { get; } =
        [.. Table1.Rows.Select(row => row.Name), .. Table1.Rows.Select(row => row.Method).Distinct()];

    /// <summary>The rows that are asked for, in the paper's order.</summary>
    /// <param name="names">Names with commas between them; null for all rows.</param>
    /// <exception cref="UserErrorException">There is no row of that name.</exception>
    public static IReadOnlyList<Table1Row> Read(string? names)
    {
        if (names is null)
            return Table1.Rows;
        string[] chosen = ChosenNames.Read("--rows", "row", names, All);
        return [.. Table1.Rows.Where(row => chosen.Contains(row.Name) || chosen.Contains(row.Method))];
    }
}
