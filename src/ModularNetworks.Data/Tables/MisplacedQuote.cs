namespace ModularNetworks.Data;

/// <summary>Finds the column of a line in which a quote stands where it must not.</summary>
internal static class MisplacedQuote
{
    /// <summary>The column, from 1: its quotes are not closed, something follows them, or they begin within it; and whether they are not closed.</summary>
    /// <param name="line">A line with misplaced quotes.</param>
    /// <param name="delimiter">What stands between columns.</param>
    public static (int Column, bool IsOpen) In(string line, char delimiter)
    {
        var rest = line.AsSpan();
        for (int column = 1; ; column++)
        {
            rest = rest.TrimStart(delimiter == '\t' ? " " : " \t");
            bool isQuoted = rest.StartsWith('"');
            if (isQuoted && !TryPassQuoted(ref rest))
                return (column, true);
            int end = rest.IndexOf(delimiter);
            var cell = end < 0 ? rest : rest[..end];
            if (end < 0 || (isQuoted ? !cell.IsWhiteSpace() : cell.Contains('"')))
                return (column, false);
            rest = rest[(end + 1)..];
        }
    }

    /// <summary>Passes over a cell in quotes.</summary>
    /// <returns>False if the quotes are not closed.</returns>
    private static bool TryPassQuoted(ref ReadOnlySpan<char> rest)
    {
        do
        {
            int end = rest[1..].IndexOf('"');
            if (end < 0)
                return false;
            rest = rest[(end + 2)..];
        }
        while (rest.StartsWith('"'));
        return true;
    }
}
