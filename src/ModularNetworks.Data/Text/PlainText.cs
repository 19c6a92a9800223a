namespace ModularNetworks.Data;

/// <summary>Texts of one's own, read by character, by word, or by tokens of byte-pair encoding.</summary>
/// <remarks>
/// <para>Files are UTF-8. A byte order mark is dropped.</para>
/// <para>
/// The vocabulary has the characters of the training text, or its words. What it lacks is <c>&lt;unk&gt;</c>, which is in the
/// vocabulary if it is needed. Words stand between spaces, tabs and line ends; each line end is the word <c>&lt;eos&gt;</c>. CR LF is read as LF.
/// </para>
/// <para>
/// Tokens of byte-pair encoding (Sennrich, Haddow, Birch 2016, on bytes) are learned from the training text. Every text has tokens, and they
/// give back exactly its bytes.
/// </para>
/// </remarks>
public static class PlainText
{
    // Merges are learned from so much of the training text: more changes the frequent ones little.
    private const long MostLearnedCharacters = 1 << 26;

    /// <summary>Reads a text.</summary>
    /// <param name="path">
    /// A text file, which is cut into parts for training, validation and test; or a folder with three files that have <c>train</c>,
    /// <c>valid</c> and <c>test</c> in their names; or a folder with other files, all of which are cut.
    /// </param>
    /// <param name="settings">How the text is read; null for the defaults.</param>
    /// <exception cref="ArgumentException">The settings are out of range, or do not fit each other.</exception>
    /// <exception cref="DataException">
    /// There is no such file or folder, a file is missing, too short or no UTF-8 text, or all units of the training text are equal.
    /// </exception>
    public static TextCorpus Load(string path, PlainTextSettings? settings = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        settings ??= new PlainTextSettings();
        settings.Require();
        var text = TextSource.Find(path, settings);
        var encoding = Fit(text, settings);
        int[] Ids(TextPart part) => Encode(text, part, encoding) is { Length: > 0 } ids ? ids : throw TextFaults.NoText(path);
        var corpus = new TextCorpus(encoding, Ids(TextPart.Train), Ids(TextPart.Valid), Ids(TextPart.Test))
        {
            Characters = CharactersOf(text),
        };
        return corpus.Train.Span.ContainsAnyExcept(corpus.Train.Span[0]) ? corpus : throw new DataException(
            $"{path}: the training text is one {encoding.UnitName} over and over, so that there is nothing to predict. Use another text.");
    }

    private static TextEncoding Fit(TextSource text, PlainTextSettings settings)
    {
        if (settings.Unit != TextUnit.Bpe)
        {
            int minimumCount = settings.Unit == TextUnit.Word ? settings.MinimumCount : 1;
            return new TextEncoding(settings.Unit, KnownUnits.Choose(text, minimumCount, settings.Vocabulary));
        }
        var (vocabulary, merges) = BytePairs.Learn(
            CountPieces(text), settings.Vocabulary > 0 ? settings.Vocabulary : PlainTextSettings.DefaultTokens);
        return new TextEncoding(TextUnit.Bpe, vocabulary, merges);
    }

    private static IReadOnlyDictionary<string, long> CountPieces(TextSource text)
    {
        var pieces = new UnitCounts();
        long characters = 0;
        text.Read(TextPart.Train, line =>
        {
            if ((characters += line.Length) > MostLearnedCharacters)
                return;
            foreach (var piece in BytePairPieces.Pattern.EnumerateMatches(line))
                pieces.Add(line.Slice(piece.Index, piece.Length));
        });
        return pieces.Counts;
    }

    private static int[] Encode(TextSource text, TextPart part, TextEncoding encoding)
    {
        var ids = new List<int>();
        text.Read(part, unit => encoding.AddTo(ids, unit));
        return [.. ids];
    }

    private static TextCharacters? CharactersOf(TextSource text) =>
        text.CharactersOf(TextPart.Train) is { } train && text.CharactersOf(TextPart.Valid) is { } valid && text.CharactersOf(TextPart.Test) is { } test
            ? new TextCharacters(train, valid, test)
            : null;
}
