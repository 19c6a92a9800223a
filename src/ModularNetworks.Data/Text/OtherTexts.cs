namespace ModularNetworks.Data;

/// <summary>Texts to measure a model on, which are read with the encoding of the text that it was trained on.</summary>
public sealed class OtherTexts
{
    /// <summary>The name of a text without parts.</summary>
    public const string Whole = "data";

    // They are held in memory, 4 bytes each.
    private const int MostIds = 1 << 30;

    private readonly TextEncoding _encoding;
    private readonly IReadOnlyList<(string Name, IReadOnlyList<string> Files)> _parts;

    private OtherTexts(TextEncoding encoding, IReadOnlyList<(string Name, IReadOnlyList<string> Files)> parts) => (_encoding, _parts) = (encoding, parts);

    /// <summary>The names of the parts: <c>train</c>, <c>valid</c> and <c>test</c> of a folder that has a file for each; else <see cref="Whole"/> alone.</summary>
    public IReadOnlyList<string> Parts => [.. _parts.Select(part => part.Name)];

    /// <summary>Finds texts. Nothing is read yet.</summary>
    /// <param name="path">A text file; or a folder with three files that have <c>train</c>, <c>valid</c> and <c>test</c> in their names; or a folder
    /// with other files, which are one text in the order of their names.</param>
    /// <param name="encoding">The encoding.</param>
    /// <exception cref="DataException">There is no such file or folder, or it has no files, or not one for each part.</exception>
    public static OtherTexts Find(string path, TextEncoding encoding)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(encoding);
        TextSource.RequireThere(path);
        if (!Directory.Exists(path))
            return new OtherTexts(encoding, [(Whole, [path])]);
        return TextFolder.Find(path) is { } folder
            ? new OtherTexts(encoding, [("train", [folder.Train]), ("valid", [folder.Valid]), ("test", [folder.Test])])
            : new OtherTexts(encoding, [(Whole, TextFolder.FilesOf(path))]);
    }

    /// <summary>Reads a part.</summary>
    /// <param name="name">One of <see cref="Parts"/>.</param>
    /// <exception cref="ArgumentException">There is no such part.</exception>
    /// <exception cref="DataException">A file cannot be read or is no text, or has words or characters that the encoding lacks and that nothing stands for.</exception>
    public OtherText Read(string name)
    {
        var files = _parts.FirstOrDefault(part => part.Name == name).Files ?? throw new ArgumentException($"OtherTexts: there is no part {name}.", nameof(name));
        var ids = new List<int>();
        long characters = 0, unknown = 0;
        foreach (string file in files)
        {
            var piece = TextFile.Find(file).Whole();
            characters += piece.Characters;
            unknown += Read(piece, ids);
        }
        return new OtherText(ids.ToArray(), characters, unknown);
    }

    /// <summary>Adds the numbers of a file.</summary>
    /// <returns>The number of words or characters that <c>&lt;unk&gt;</c> stands for.</returns>
    private long Read(TextPiece piece, List<int> ids)
    {
        var vocabulary = _encoding.Vocabulary;
        bool hasUnknown = _encoding.Unit != TextUnit.Bpe, isReplaced = vocabulary.Contains(Vocabulary.Unknown);
        long unknown = 0, line = 1;
        UnitReader.Read(_encoding.Unit, piece, unit =>
        {
            if (hasUnknown && !vocabulary.Contains(unit))
            {
                if (!isReplaced)
                    throw Stranger(piece.Path, line, unit.ToString());
                unknown++;
            }
            if (unit is "\n" or Vocabulary.EndOfSentence)
                line++;
            if (ids.Count >= MostIds)
                throw new DataException($"{piece.Path}: has more than {MostIds} {_encoding.UnitName}s, which is the most that is measured at once. Use a part of it.");
            _encoding.AddTo(ids, unit);
        });
        return unknown;
    }

    private DataException Stranger(string path, long line, string unit) => new(
        $"{path}: line {line} has the {_encoding.UnitName} '{ShownText.Of(unit)}', which is not among the {_encoding.Vocabulary.Count} {_encoding.UnitName}s of the "
        + $"training text, and that has no '{Vocabulary.Unknown}' to stand for others. Use a text of {_encoding.UnitName}s of the training text.");
}

/// <summary>A text to measure a model on.</summary>
/// <param name="Ids">The numbers of its words, characters or tokens.</param>
/// <param name="Characters">The number of its characters.</param>
/// <param name="Unknown">How many words or characters are unknown, so that <c>&lt;unk&gt;</c> stands for them.</param>
public sealed record OtherText(ReadOnlyMemory<int> Ids, long Characters, long Unknown);
