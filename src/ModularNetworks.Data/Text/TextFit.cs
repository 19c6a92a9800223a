namespace ModularNetworks.Data;

/// <summary>Fits the way from text to ids on the training part of a text.</summary>
internal static class TextFit
{
    // Merges are learned from so much of the training text: more changes the frequent ones little.
    private const long MostLearnedCharacters = 1 << 26;

    /// <summary>Makes the encoding.</summary>
    /// <exception cref="DataException">The text has too many different words, or one unit over and over.</exception>
    public static TextEncoding Fit(TextSource text, PlainTextSettings settings)
    {
        if (settings.Unit == TextUnit.Bpe)
        {
            int size = settings.Vocabulary > 0 ? settings.Vocabulary : PlainTextSettings.DefaultTokens;
            var (tokens, merges) = BytePairs.Learn(CountPieces(text), size, text.Begin("tokens are learned", size));
            return new TextEncoding(TextUnit.Bpe, tokens, merges);
        }
        int minimumCount = settings.Unit == TextUnit.Word ? settings.MinimumCount : 1;
        var vocabulary = KnownUnits.Choose(text, minimumCount, settings.Vocabulary);
        return vocabulary.Count > 1 ? new TextEncoding(settings.Unit, vocabulary) : throw new DataException(
            $"{text.Source}: the training text is one {TextEncoding.NameOf(settings.Unit)} over and over, so that there is nothing to predict. Use another text.");
    }

    private static IReadOnlyDictionary<string, long> CountPieces(TextSource text)
    {
        var pieces = new UnitCounts();
        long characters = 0;
        text.Read(TextPart.Train, "words are counted", line =>
        {
            if ((characters += line.Length) > MostLearnedCharacters)
                return;
            foreach (var piece in BytePairPieces.Pattern.EnumerateMatches(line))
                pieces.Add(line.Slice(piece.Index, piece.Length));
        });
        return pieces.Counts;
    }
}
