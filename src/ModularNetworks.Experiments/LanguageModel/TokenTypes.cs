using System.Text;
using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>Sorts words, characters or tokens into a few types by their form. Inspections tell which types a module reads.</summary>
internal sealed class TokenTypes
{
    private static readonly HashSet<string> FunctionWords =
    [
        .. ("a an the of to in for on with at by from into about over under as than and or but if that which who what when where "
            + "how not no is are was were be been being am do does did has have had will would can could may might should must "
            + "i you he she it we they me him her us them my your his its our their this these those there").Split(' '),
    ];

    private readonly Func<string, int> _place;

    private TokenTypes(IReadOnlyList<string> names, Func<string, int> place) => (Names, _place) = (names, place);

    /// <summary>The types of words.</summary>
    public static TokenTypes Words { get; } =
        new(["end of sentence", "unknown word", "number", "symbol", "function word", "other word"], OfWord);

    /// <summary>The types of characters. A vowel is a, e, i, o or u.</summary>
    public static TokenTypes Characters { get; } =
        new(["line end", "unknown character", "white space", "digit", "symbol", "capital letter", "vowel", "other letter"], OfCharacter);

    /// <summary>The types of tokens of byte-pair encoding.</summary>
    public static TokenTypes Tokens { get; } =
        new(["line end", "white space", "number", "symbol", "beginning of a word", "part of a word"], OfToken);

    /// <summary>The types' names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The type of a word, character or token, a place in <see cref="Names"/>.</summary>
    public int Of(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return _place(token);
    }

    private static int OfWord(string word)
    {
        if (word == Vocabulary.EndOfSentence)
            return 0;
        if (word == Vocabulary.Unknown)
            return 1;
        // The Penn Treebank has N for every number.
        if (word == "N" || word.Any(char.IsDigit))
            return 2;
        if (!word.Any(char.IsLetter))
            return 3;
        return FunctionWords.Contains(word.ToLowerInvariant()) ? 4 : 5;
    }

    private static int OfCharacter(string character)
    {
        if (character == "\n")
            return 0;
        if (character == Vocabulary.Unknown)
            return 1;
        var rune = Rune.GetRuneAt(character, 0);
        if (Rune.IsWhiteSpace(rune))
            return 2;
        if (Rune.IsDigit(rune))
            return 3;
        if (!Rune.IsLetter(rune))
            return 4;
        if (Rune.IsUpper(rune))
            return 5;
        return "aeiou".Contains(character, StringComparison.Ordinal) ? 6 : 7;
    }

    private static int OfToken(string token)
    {
        if (token.Contains('\n', StringComparison.Ordinal))
            return 0;
        if (string.IsNullOrWhiteSpace(token))
            return 1;
        if (token.Any(char.IsDigit))
            return 2;
        if (!token.Any(char.IsLetter))
            return 3;
        return token[0] == ' ' || char.IsUpper(token[0]) ? 4 : 5;
    }
}
