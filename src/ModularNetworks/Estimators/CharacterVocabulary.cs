using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The characters of a text, each with a number: what turns texts into tokens for a <see cref="ModularLanguageModel"/>, and tokens into text. A character
/// is a Unicode scalar value. One that the text did not have is refused.
/// </summary>
public sealed class CharacterVocabulary
{
    private readonly Rune[] _characters;
    private readonly Dictionary<Rune, int> _numbers;

    private CharacterVocabulary(Rune[] characters)
    {
        _characters = characters;
        _numbers = characters.Select((character, number) => (character, number)).ToDictionary(entry => entry.character, entry => entry.number);
    }

    /// <summary>The number of characters.</summary>
    public int Count => _characters.Length;

    /// <summary>All characters, in the order of their numbers, which is that of their code points.</summary>
    public string Characters => string.Concat(_characters);

    /// <summary>The vocabulary of a text, or of several that were put together.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">The text has fewer than two different characters.</exception>
    public static CharacterVocabulary Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Rune[] characters = [.. text.EnumerateRunes().Distinct().Order()];
        return characters.Length >= 2
            ? new CharacterVocabulary(characters)
            : throw new ArgumentException($"CharacterVocabulary: the text has {characters.Length} different characters; there must be 2 at least.", nameof(text));
    }

    /// <summary>The numbers of the characters of a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character is not in the vocabulary.</exception>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var numbers = new List<int>(text.Length);
        foreach (var character in text.EnumerateRunes())
        {
            if (!_numbers.TryGetValue(character, out int number))
            {
                throw new ArgumentException(
                    $"CharacterVocabulary: character {numbers.Count + 1} of the text is U+{character.Value:X4}, which is none of the vocabulary's {Count}. "
                    + "Make the vocabulary of all texts, or leave the character out.",
                    nameof(text));
            }
            numbers.Add(number);
        }
        return [.. numbers];
    }

    /// <summary>The text of some numbers.</summary>
    /// <param name="tokens">The numbers, each from 0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ShapeException">There is no such character.</exception>
    public string Decode(ReadOnlySpan<int> tokens)
    {
        IndexRange.Require(nameof(CharacterVocabulary), "character", tokens, Count);
        var text = new StringBuilder(tokens.Length);
        foreach (int token in tokens)
            text.Append(_characters[token]);
        return text.ToString();
    }
}
