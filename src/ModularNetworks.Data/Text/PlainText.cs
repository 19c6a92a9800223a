namespace ModularNetworks.Data;

/// <summary>Texts of one's own, read by character or by word.</summary>
/// <remarks>
/// <para>Files are UTF-8; a byte order mark is dropped, and a line may end with CR LF as well as with LF.</para>
/// <para>
/// The vocabulary has the characters of the training text, or its words. What it lacks is <c>&lt;unk&gt;</c>, which is in the
/// vocabulary if it is needed. Words stand between spaces, tabs and line ends; each line end is the word <c>&lt;eos&gt;</c>.
/// </para>
/// </remarks>
public static class PlainText
{
    // Of a text in one file, 18 parts are for training, one for validation and one for the test.
    private const int Parts = 20;

    /// <summary>Reads a text.</summary>
    /// <param name="path">
    /// A text file, whose first 90 % are the training text, the next 5 % the validation text and the rest the test text; or a
    /// folder with three files that have <c>train</c>, <c>valid</c> and <c>test</c> in their names.
    /// </param>
    /// <param name="unit">What the text is read by.</param>
    /// <param name="minimumCount">
    /// How often a word must occur in the training text; rarer ones are <c>&lt;unk&gt;</c>. 0 stands for 1 if the training text
    /// has <c>&lt;unk&gt;</c> itself, and for 2 if it has not, so that a model learns where words that it does not know stand.
    /// All characters of the training text are kept.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minimumCount"/> is negative.</exception>
    /// <exception cref="DataException">
    /// There is no such file or folder, a file is missing, too short or no UTF-8 text, or all units of the training text are equal.
    /// </exception>
    public static TextCorpus Load(string path, TextUnit unit = TextUnit.Character, int minimumCount = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfNegative(minimumCount);
        var numbers = new WordNumbers();
        var (train, valid, test) = Read(path, new UnitReader(unit, numbers.Of), unit);
        var known = KnownUnits.Choose(numbers, train, [valid, test], unit == TextUnit.Word ? minimumCount : 1);
        return known.Vocabulary.Count > 1
            ? new TextCorpus(new TextEncoding(unit, known.Vocabulary), known.Ids(train), known.Ids(valid), known.Ids(test))
            : throw new DataException(
                $"{path}: the training text is one {TextEncoding.NameOf(unit)} over and over, so that there is nothing to "
                + "predict. Use another text.");
    }

    private static (int[] Train, int[] Valid, int[] Test) Read(string path, UnitReader reader, TextUnit unit)
    {
        if (Directory.Exists(path))
        {
            var folder = TextFolder.Of(path);
            return (reader.Read(folder.Train), reader.Read(folder.Valid), reader.Read(folder.Test));
        }
        return File.Exists(path)
            ? Cut(reader.Read(path), path, unit)
            : throw new DataException(
                $"{path}: no such file or folder; a text file was expected, or a folder with three. Check the path.");
    }

    private static (int[] Train, int[] Valid, int[] Test) Cut(int[] text, string path, TextUnit unit)
    {
        if (text.Length < Parts)
        {
            throw new DataException(
                $"{path}: the number of {TextEncoding.NameOf(unit)}s is {text.Length}; at least {Parts} are needed to cut the text "
                + "into parts for training, validation and test. Use a longer text.");
        }
        int valid = (int)((Parts - 2L) * text.Length / Parts), test = (int)((Parts - 1L) * text.Length / Parts);
        return (text[..valid], text[valid..test], text[test..]);
    }
}
