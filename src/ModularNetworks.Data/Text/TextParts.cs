namespace ModularNetworks.Data;

/// <summary>The three parts of a text.</summary>
internal enum TextPart
{
    /// <summary>The training text.</summary>
    Train,

    /// <summary>The validation text.</summary>
    Valid,

    /// <summary>The test text.</summary>
    Test,
}

/// <summary>The pieces of files that make the training, the validation and the test text.</summary>
/// <param name="Train">The pieces of the training text.</param>
/// <param name="Valid">The pieces of the validation text.</param>
/// <param name="Test">The pieces of the test text.</param>
internal sealed record TextParts(IReadOnlyList<TextPiece> Train, IReadOnlyList<TextPiece> Valid, IReadOnlyList<TextPiece> Test)
{
    private const long SmallestBlock = 1 << 12;
    private const long LargestBlock = 1 << 16;
    private const int FewestBlocks = 20;
    private const int UsualBlocks = 100;

    /// <summary>The number of bytes of all parts.</summary>
    public long Bytes => All.Sum(part => part.Sum(piece => piece.Length));

    /// <summary>The numbers of characters of the parts.</summary>
    public TextCharacters Characters => new(CharactersOf(Train), CharactersOf(Valid), CharactersOf(Test));

    /// <summary>Tells these parts from others: a checksum (XxHash128) over the bytes of all pieces, in hexadecimal digits.</summary>
    public string Checksum
    {
        get
        {
            var fingerprint = new Fingerprint();
            foreach (var (number, part) in All.Index())
                fingerprint.Add(part.Select(piece => $"{number} {piece.Length} {piece.EndsFile} {piece.Checksum}"));
            return fingerprint.ToString();
        }
    }

    /// <summary>The files.</summary>
    public IEnumerable<string> Files => All.SelectMany(part => part.Select(piece => piece.Path)).Distinct().Order(StringComparer.Ordinal);

    private IReadOnlyList<TextPiece>[] All => [Train, Valid, Test];

    /// <summary>The parts by their kind.</summary>
    public IReadOnlyList<TextPiece> this[TextPart part] => part switch
    {
        TextPart.Train => Train,
        TextPart.Valid => Valid,
        _ => Test,
    };

    /// <summary>Takes three files as they are.</summary>
    /// <param name="folder">The files.</param>
    /// <param name="progress">Is told how the reading goes on.</param>
    /// <exception cref="DataException">One is no text.</exception>
    public static TextParts Of(TextFolder folder, DataProgress progress)
    {
        TextFile[] files = [TextFile.Find(folder.Train), TextFile.Find(folder.Valid), TextFile.Find(folder.Test)];
        var stage = Checking(files, folder.Train, progress);
        return new([files[0].Whole(stage)], [files[1].Whole(stage)], [files[2].Whole(stage)]);
    }

    /// <summary>Cuts files.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="split">The rule.</param>
    /// <param name="progress">Is told how the reading goes on.</param>
    /// <exception cref="DataException">One is no text, or they are too short.</exception>
    public static TextParts Cut(IReadOnlyList<string> paths, TextSplit split, DataProgress progress)
    {
        TextFile[] files = [.. paths.Select(TextFile.Find)];
        long length = files.Sum(file => file.Length);
        if (length < FewestBlocks)
        {
            foreach (var file in files)
                file.Whole(); // Which may be worse than short.
            throw new DataException(
                $"{paths[0]}: the number of bytes is {length}; at least {FewestBlocks} are needed to cut the text into parts for training, validation "
                + "and test. Use a longer text.");
        }
        long count = Math.Max(length / LargestBlock, Math.Clamp(length / SmallestBlock, FewestBlocks, UsualBlocks));
        TextPiece[] blocks = [.. files.SelectMany(file => file.Blocks(Math.Max(1, (long)((double)file.Length / length * count))))];
        var pieces = Joined(blocks, Draw(blocks.Length, length / count, split));
        var stage = Checking(files, paths[0], progress);
        var measured = pieces.GroupBy(piece => piece.Block.Path).SelectMany(ofFile => TextFile.Measured([.. ofFile.Select(piece => piece.Block)], stage));
        var parts = measured.Zip(pieces, (piece, drawn) => (drawn.Part, Piece: piece)).ToLookup(piece => piece.Part, piece => piece.Piece);
        return new TextParts([.. parts[TextPart.Train]], [.. parts[TextPart.Valid]], [.. parts[TextPart.Test]]);
    }

    /// <summary>The stage in which files are read for the first time.</summary>
    private static DataStage Checking(IEnumerable<TextFile> files, string first, DataProgress progress) =>
        progress.Begin($"{first}: the text is checked", files.Sum(file => file.Length));

    private static long CharactersOf(IReadOnlyList<TextPiece> pieces) => pieces.Sum(piece => piece.Characters);

    private static TextPart[] Draw(int count, long blockLength, TextSplit split)
    {
        int most = (int)Math.Clamp(split.MostHeldOut / blockLength, 1, count);
        int valid = Math.Clamp((int)(count * split.ValidShare), 1, most), test = Math.Clamp((int)(count * split.TestShare), 1, most);
        int[] order = [.. Enumerable.Range(0, count)];
        if (split.Kind == TextSplitKind.Blocks)
            split.Key.Shuffle(order);
        var parts = new TextPart[count];
        foreach (int block in order.AsSpan(Math.Max(0, count - test - valid)))
            parts[block] = TextPart.Valid;
        foreach (int block in order.AsSpan(count - test))
            parts[block] = TextPart.Test;
        return parts;
    }

    private static List<(TextPart Part, TextPiece Block)> Joined(TextPiece[] blocks, TextPart[] partOf)
    {
        var joined = new List<(TextPart Part, TextPiece Block)>();
        foreach (var (place, block) in blocks.Index())
        {
            if (joined.Count > 0 && joined[^1] is var (part, before) && part == partOf[place] && before.Path == block.Path)
                joined[^1] = (part, before with { Length = before.Length + block.Length, EndsFile = block.EndsFile });
            else
                joined.Add((partOf[place], block));
        }
        return joined;
    }
}
