using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>A text in three splits, as ids of the words, characters or tokens of its training split.</summary>
public sealed class TextCorpus
{
    internal TextCorpus(TextEncoding encoding, TextIds train, int[] valid, int[] test)
    {
        Encoding = encoding;
        Train = train;
        Valid = valid;
        Test = test;
    }

    /// <summary>The way from text to ids and back, fitted on the training split.</summary>
    public TextEncoding Encoding { get; }

    /// <summary>The words, characters or tokens of the training split.</summary>
    public Vocabulary Vocabulary => Encoding.Vocabulary;

    /// <summary>The ids of the training split, line ends included.</summary>
    public TextIds Train { get; }

    /// <summary>The ids of the validation split, <c>[words]</c>, line ends included.</summary>
    public ReadOnlyMemory<int> Valid { get; }

    /// <summary>The ids of the test split, <c>[words]</c>, line ends included.</summary>
    public ReadOnlyMemory<int> Test { get; }

    /// <summary>The numbers of characters of the splits; null if they are not known.</summary>
    public TextCharacters? Characters { get; internal init; }

    /// <summary>The files that it was read from; null if they are not known.</summary>
    public TextOrigin? Origin { get; internal set; }

    /// <summary>
    /// Tells this text from others: a checksum (XxHash128) over the vocabulary and the ids of all splits, in hexadecimal digits.
    /// </summary>
    public string Fingerprint
    {
        get
        {
            var fingerprint = new Fingerprint();
            fingerprint.Add(Vocabulary.Words);
            Train.AddTo(fingerprint);
            fingerprint.Add(Valid.Span);
            fingerprint.Add(Test.Span);
            return fingerprint.ToString();
        }
    }

    /// <summary>Reads three UTF-8 texts; the vocabulary is made from the first.</summary>
    /// <param name="files">Holds the texts.</param>
    /// <param name="train">The name of the training text.</param>
    /// <param name="valid">The name of the validation text.</param>
    /// <param name="test">The name of the test text.</param>
    /// <exception cref="DataException">
    /// A file is missing, empty or no UTF-8 text, or has a word that is neither in the training text nor has an
    /// <c>&lt;unk&gt;</c> to stand for it.
    /// </exception>
    internal static TextCorpus Read(DataFiles files, string train, string valid, string test)
    {
        int[] trainIds = ReadTraining(files, train, out var vocabulary);
        return new TextCorpus(
            new TextEncoding(TextUnit.Word, vocabulary), TextIds.Of(trainIds), ReadHeldOut(files, valid, vocabulary), ReadHeldOut(files, test, vocabulary));
    }

    private static int[] ReadTraining(DataFiles files, string name, out Vocabulary vocabulary)
    {
        using var stream = files.Open(name);
        var reader = new WordReader(stream, files.PathOf(name));
        var counter = new WordCounter();
        var numbers = new List<int>();
        while (reader.Read())
            numbers.Add(counter.Add(reader.Word));
        RequireText(reader, files.PathOf(name));
        vocabulary = counter.ToVocabulary(out int[] idOfNumber);
        int[] ids = [.. numbers];
        for (int i = 0; i < ids.Length; i++)
            ids[i] = idOfNumber[ids[i]];
        return ids;
    }

    private static int[] ReadHeldOut(DataFiles files, string name, Vocabulary vocabulary)
    {
        using var stream = files.Open(name);
        var reader = new WordReader(stream, files.PathOf(name));
        var ids = new List<int>();
        while (reader.Read())
        {
            if (!vocabulary.TryGetId(reader.Word, out int id))
            {
                throw new DataException(
                    $"{files.PathOf(name)}: line {reader.Line} has the word '{reader.Word}', which is not among the "
                    + $"{Counted.Of(vocabulary.Count, "word")} of the training text, and that has no '{Vocabulary.Unknown}' to stand for "
                    + "it. Check that the three files belong together.");
            }
            ids.Add(id);
        }
        RequireText(reader, files.PathOf(name));
        return [.. ids];
    }

    private static void RequireText(WordReader reader, string path)
    {
        if (!reader.HasRead)
            throw TextFaults.NoText(path);
    }
}

/// <summary>The numbers of characters of a text in three splits; CR LF counts as one.</summary>
/// <param name="Train">Of the training split.</param>
/// <param name="Valid">Of the validation split.</param>
/// <param name="Test">Of the test split.</param>
public sealed record TextCharacters(long Train, long Valid, long Test);
