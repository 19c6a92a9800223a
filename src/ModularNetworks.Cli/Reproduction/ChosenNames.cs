using ModularNetworks.Cli.CommandLine;

namespace ModularNetworks.Cli.Reproduction;

/// <summary>Names with commas between them, by which parts of a reproduction are chosen.</summary>
internal static class ChosenNames
{
    /// <summary>The names in an option's value.</summary>
    /// <param name="option">The option, with its dashes.</param>
    /// <param name="what">The noun of what is chosen, such as <c>row</c>.</param>
    /// <param name="text">The option's value.</param>
    /// <param name="all">All names that there are.</param>
    /// <exception cref="UserErrorException">There is nothing of a name.</exception>
    public static string[] Read(string option, string what, string text, IReadOnlyCollection<string> all)
    {
        string[] chosen = text.Split(',', StringSplitOptions.TrimEntries);
        foreach (string name in chosen.Except(all))
        {
            string hint = Spelling.Nearest(name, all) is { } near ? $"; did you mean '{near}'?" : ".";
            throw new UserErrorException($"{option}: there is no {what} '{name}'{hint} Choose from {string.Join(", ", all)}.");
        }
        return chosen;
    }
}
