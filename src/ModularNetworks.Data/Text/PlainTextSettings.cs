namespace ModularNetworks.Data;

/// <summary>How texts of one's own are read.</summary>
public sealed record PlainTextSettings
{
    /// <summary>The number of tokens of byte-pair encoding if nothing is said.</summary>
    public const int DefaultTokens = 2048;

    /// <summary>The fewest tokens of byte-pair encoding: the bytes.</summary>
    public const int FewestTokens = 256;

    /// <summary>What a text is read by.</summary>
    public TextUnit Unit { get; init; }

    /// <summary>
    /// How often a word must occur in the training text; rarer ones are <c>&lt;unk&gt;</c>. 0 stands for 1 if the training text
    /// has <c>&lt;unk&gt;</c> itself, and for 2 if it has not, so that a model learns where words that it does not know stand.
    /// Of characters and tokens it has no effect.
    /// </summary>
    public int MinimumCount { get; init; }

    /// <summary>
    /// The most words, characters or tokens of the vocabulary, with <c>&lt;unk&gt;</c> for others: the most frequent ones. 0 for no limit, and for
    /// <see cref="DefaultTokens"/> tokens of byte-pair encoding.
    /// </summary>
    public int Vocabulary { get; init; }

    /// <summary>How texts are cut that are not given in three parts.</summary>
    public TextSplit Split { get; init; } = new();

    /// <summary>The place where long texts are kept as ids; null for none, so that a text must fit into memory.</summary>
    public TextCache? Cache { get; init; }

    /// <summary>Is told how the reading goes on, and ends it.</summary>
    public DataProgress Progress { get; init; } = DataProgress.None;

    /// <summary>Demands that the settings are in range and fit each other.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    internal void Require()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(MinimumCount);
        ArgumentOutOfRangeException.ThrowIfNegative(Vocabulary);
        ArgumentNullException.ThrowIfNull(Split);
        bool isBpe = Unit == TextUnit.Bpe;
        if (Vocabulary > 0 && Vocabulary < (isBpe ? FewestTokens : 2))
            throw new ArgumentOutOfRangeException(nameof(Vocabulary), $"PlainText: a vocabulary of {Vocabulary}; at least {(isBpe ? FewestTokens : 2)} are needed, or 0.");
        if (isBpe && Split.Kind == TextSplitKind.Units)
            throw new ArgumentException("PlainText: a text cannot be cut by tokens that are learned from its parts. Cut it by blocks, or in order.");
        Split.Require();
    }
}
