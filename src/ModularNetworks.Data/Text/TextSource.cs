namespace ModularNetworks.Data;

/// <summary>A text in three parts, each of which is read unit by unit, as often as is asked for.</summary>
internal sealed class TextSource
{
    // As many as the parts of which a twentieth is one.
    private const int FewestUnits = 20;

    private readonly TextUnit _unit;
    private readonly TextParts _parts;
    private readonly DataProgress _progress;

    // The units of each part, where all parts have the same pieces.
    private readonly (long Train, long Valid, long Test)? _counts;

    private TextSource(string path, PlainTextSettings settings, TextParts parts, (long Train, long Valid, long Test)? counts = null) =>
        (Source, _unit, _progress, _parts, _counts) = (path, settings.Unit, settings.Progress, parts, counts);

    /// <summary>Finds, checks and cuts a text.</summary>
    /// <param name="path">A file, or a folder.</param>
    /// <param name="settings">How it is read.</param>
    /// <exception cref="DataException">There is no such text, or it is too short.</exception>
    public static TextSource Find(string path, PlainTextSettings settings)
    {
        RequireThere(path);
        bool isFolder = Directory.Exists(path);
        if (isFolder && TextFolder.Find(path) is { } folder)
            return new TextSource(path, settings, TextParts.Of(folder, settings.Progress));
        var files = isFolder ? TextFolder.FilesOf(path) : [path];
        return settings.Split.Kind == TextSplitKind.Units
            ? CutUnits(path, files, settings)
            : new TextSource(path, settings, TextParts.Cut(files, settings.Split, settings.Progress));
    }

    /// <summary>Demands that there is a file or folder.</summary>
    /// <exception cref="DataException">There is none.</exception>
    public static void RequireThere(string path)
    {
        if (!Path.Exists(path))
        {
            throw new DataException(
                $"{path}: no such file or folder; a text file was expected, or a folder with such files. Check the path.");
        }
    }

    /// <summary>Reads a part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="purpose">What it is read for, in words, such as <c>words are counted</c>.</param>
    /// <param name="take">Takes the units.</param>
    public void Read(TextPart part, string purpose, TakeUnit take)
    {
        var (start, end) = RangeOf(part);
        var stage = Begin(purpose, _parts[part].Sum(piece => piece.Length));
        long place = 0;
        foreach (var piece in _parts[part])
        {
            UnitReader.Read(_unit, piece, unit =>
            {
                if (place >= start && place < end)
                    take(unit);
                place++;
            }, stage);
        }
    }

    /// <summary>Begins a stage of the work on the text.</summary>
    /// <param name="purpose">What is done, in words.</param>
    /// <param name="total">The work to do.</param>
    public DataStage Begin(string purpose, long total) => _progress.Begin($"{Source}: {purpose}", total);

    /// <summary>The path that was given.</summary>
    public string Source { get; }

    /// <summary>The files, and how long they are together.</summary>
    public TextOrigin Origin => new([.. _parts.Files], Bytes);

    /// <summary>The number of bytes of all parts.</summary>
    public long Bytes => IsCutByBytes ? _parts.Bytes : _parts.Train.Sum(piece => piece.Length);

    /// <summary>The number of bytes of the validation and the test text; 0 where it is not known.</summary>
    public long HeldOutBytes => IsCutByBytes ? _parts.Bytes - _parts.Train.Sum(piece => piece.Length) : 0;

    /// <summary>Tells this text, cut in this way, from others.</summary>
    public string Checksum => _parts.Checksum;

    /// <summary>Whether the parts are pieces of files, whatever their units.</summary>
    public bool IsCutByBytes => _counts is null;

    /// <summary>The numbers of characters of the parts; null where words were counted to cut the text.</summary>
    public TextCharacters? Characters => _counts switch
    {
        null => _parts.Characters,
        var (train, valid, test) => _unit == TextUnit.Character ? new TextCharacters(train, valid, test) : null,
    };

    private static TextSource CutUnits(string path, IReadOnlyList<string> files, PlainTextSettings settings)
    {
        TextPiece[] pieces = [.. files.Select(file => TextFile.Find(file).Whole())];
        var whole = new TextSource(path, settings, new TextParts(pieces, pieces, pieces));
        long count = 0;
        whole.Read(TextPart.Train, "units are counted", _ => count++);
        return count >= FewestUnits ? new TextSource(path, settings, whole._parts, settings.Split.Counts(count)) : throw new DataException(
            $"{files[0]}: the number of {TextEncoding.NameOf(settings.Unit)}s is {count}; at least {FewestUnits} are needed to cut the text into parts for "
            + "training, validation and test. Use a longer text.");
    }

    private (long Start, long End) RangeOf(TextPart part) => (part, _counts) switch
    {
        (TextPart.Train, var (train, _, _)) => (0, train),
        (TextPart.Valid, var (train, valid, _)) => (train, train + valid),
        (TextPart.Test, var (train, valid, test)) => (train + valid, train + valid + test),
        _ => (0, long.MaxValue),
    };
}
