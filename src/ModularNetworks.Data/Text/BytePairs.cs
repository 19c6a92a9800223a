using Microsoft.ML.Tokenizers;

namespace ModularNetworks.Data;

/// <summary>Byte-pair encoding on bytes: a text becomes tokens of bytes by merges that were learned.</summary>
internal sealed class BytePairs
{
    private readonly BpeTokenizer _tokenizer;

    /// <summary>Creates the encoding.</summary>
    /// <param name="vocabulary">The tokens in <see cref="ByteLetters"/>; all bytes are among them.</param>
    /// <param name="merges">The merges in the order in which they are applied, each two tokens with a space between them.</param>
    /// <exception cref="DataException">A token is missing, or is none of bytes.</exception>
    public BytePairs(Vocabulary vocabulary, IReadOnlyList<string> merges)
    {
        Require(vocabulary, merges);
        Merges = merges;
        _tokenizer = BpeTokenizer.Create(new BpeOptions(vocabulary.Words.Index().Select(token => KeyValuePair.Create(token.Item, token.Index)))
        {
            Merges = merges,
            ByteLevel = true,
            PreTokenizer = new RegexPreTokenizer(BytePairPieces.Pattern, specialTokens: null),
        });
    }

    /// <summary>The merges in the order in which they are applied, each two tokens with a space between them.</summary>
    public IReadOnlyList<string> Merges { get; }

    /// <summary>Learns the encoding from a training text.</summary>
    /// <param name="pieces">How often each piece occurs in the text (<see cref="BytePairPieces"/>).</param>
    /// <param name="size">The most tokens, at least 256.</param>
    /// <param name="stage">Is told how many tokens are learned; null if nobody is.</param>
    /// <returns>The tokens, the most frequent one first, and the merges.</returns>
    public static (Vocabulary Vocabulary, IReadOnlyList<string> Merges) Learn(IReadOnlyDictionary<string, long> pieces, int size, DataStage? stage = null)
    {
        var (tokens, merges) = BytePairLearner.Learn(pieces, size, stage);
        var ordered = tokens.OrderByDescending(token => token.Count).ThenBy(token => token.Token, StringComparer.Ordinal);
        return (Vocabulary.FromOrderedWords(ordered.Select(token => token.Token)), [.. merges.Select(merge => $"{merge.Left} {merge.Right}")]);
    }

    /// <summary>The numbers of the tokens of a line, or of a piece of one.</summary>
    public IReadOnlyList<int> Encode(ReadOnlySpan<char> line) => _tokenizer.EncodeToIds(line, considerPreTokenization: true, considerNormalization: false);

    private static void Require(Vocabulary vocabulary, IReadOnlyList<string> merges)
    {
        if (vocabulary.Words.FirstOrDefault(token => token.Length == 0 || !ByteLetters.Has(token)) is { } other)
            throw new DataException($"Vocabulary: '{ShownText.Of(other)}' is no token of bytes. Use a vocabulary of byte-pair encoding.");
        for (int value = 0; value <= byte.MaxValue; value++)
        {
            if (!vocabulary.Contains([ByteLetters.Of((byte)value)]))
                throw new DataException($"Vocabulary: the byte {value:X2} is missing; byte-pair encoding needs a token for each byte.");
        }
        foreach (string merge in merges)
        {
            if (merge.Split(' ') is not [var left, var right] || !vocabulary.Contains(left) || !vocabulary.Contains(right) || !vocabulary.Contains(left + right))
                throw new DataException($"Merges: '{ShownText.Of(merge)}' does not make a token of the vocabulary from two others.");
        }
    }
}
