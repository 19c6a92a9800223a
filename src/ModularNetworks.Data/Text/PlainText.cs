using ModularNetworks.Engine;

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
    private const long MostBytesInMemory = 512L << 20;

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
        var corpus = Read(path, text, settings);
        corpus.Origin = text.Origin;
        return corpus;
    }

    private static TextCorpus Read(string path, TextSource text, PlainTextSettings settings)
    {
        if (text.HeldOutBytes > MostBytesInMemory)
        {
            throw new DataException(
                $"{path}: the validation and the test text have {Counted.Of(text.HeldOutBytes, "byte")}; both are held in memory, which takes at most {MostBytesInMemory}. Use shorter ones.");
        }
        if (settings.Cache is { } cache && text.IsCutByBytes && text.Bytes >= cache.SmallestText)
            return cache.Load(text, settings);
        if (text.Bytes > MostBytesInMemory)
        {
            throw new DataException(
                $"{path}: has {Counted.Of(text.Bytes, "byte")}; more than {MostBytesInMemory} are read by way of a cache folder{(text.IsCutByBytes ? ", and there is none. Set HOME or XDG_CACHE_HOME" : ", and not with split=units. Use another split")}.");
        }
        var encoding = TextFit.Fit(text, settings);
        int[] Ids(TextPart part) => Encode(text, part, encoding) is { Length: > 0 } ids ? ids : throw TextFaults.NoText(path);
        return new TextCorpus(encoding, TextIds.Of(Ids(TextPart.Train)), Ids(TextPart.Valid), Ids(TextPart.Test)) { Characters = text.Characters };
    }

    private static int[] Encode(TextSource text, TextPart part, TextEncoding encoding)
    {
        var ids = new List<int>();
        text.Read(part, "the text is encoded", unit => encoding.AddTo(ids, unit));
        return [.. ids];
    }
}
