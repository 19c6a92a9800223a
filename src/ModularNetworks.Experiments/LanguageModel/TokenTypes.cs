using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>Sorts words into a few types by their form. Inspections tell which types a module reads.</summary>
internal static class TokenTypes
{
    private const int Other = 5;

    private static readonly HashSet<string> FunctionWords =
    [
        .. ("a an the of to in for on with at by from into about over under as than and or but if that which who what when where "
            + "how not no is are was were be been being am do does did has have had will would can could may might should must "
            + "i you he she it we they me him her us them my your his its our their this these those there").Split(' '),
    ];

    /// <summary>The types' names.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["end of sentence", "unknown word", "number", "symbol", "function word", "other word"];

    /// <summary>A word's type, a place in <see cref="Names"/>.</summary>
    public static int Of(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (word == Vocabulary.EndOfSentence)
            return 0;
        if (word == Vocabulary.Unknown)
            return 1;
        // The Penn Treebank has N for every number.
        if (word == "N" || word.Any(char.IsDigit))
            return 2;
        if (!word.Any(char.IsLetter))
            return 3;
        return FunctionWords.Contains(word.ToLowerInvariant()) ? 4 : Other;
    }
}
