namespace ModularNetworks.Cli.CommandLine;

/// <summary>Finds what a misspelt name was meant to be.</summary>
internal static class Spelling
{
    private const int MostEdits = 2;

    /// <summary>The known name with the fewest edits to the given one, or null if none is near.</summary>
    public static string? Nearest(string name, IEnumerable<string> known) => known
        .Select(candidate => (Name: candidate, Edits: Edits(name, candidate)))
        .Where(candidate => candidate.Edits <= MostEdits && candidate.Edits < candidate.Name.Length / 2.0)
        .OrderBy(candidate => candidate.Edits)
        .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();

    /// <summary>The number of letters to insert, delete or replace (Levenshtein 1966).</summary>
    private static int Edits(string from, string to)
    {
        int[] above = [.. Enumerable.Range(0, to.Length + 1)];
        foreach (char letter in from)
        {
            int[] row = new int[to.Length + 1];
            row[0] = above[0] + 1;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = above[j - 1] + (letter == to[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[^1];
    }
}
