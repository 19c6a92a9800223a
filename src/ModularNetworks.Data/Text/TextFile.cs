using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>A text file: where its text begins and ends, and where it can be cut.</summary>
internal sealed class TextFile
{
    // So far behind the place of a cut a line end is looked for.
    private const int LongestSearch = 1 << 16;

    private readonly TextPiece _whole;

    private TextFile(TextPiece whole) => _whole = whole;

    /// <summary>The number of bytes of the text, without a byte order mark.</summary>
    public long Length => _whole.Length;

    /// <summary>Finds the text of a file.</summary>
    /// <exception cref="DataException">The file cannot be read, is empty, compressed, or UTF-16.</exception>
    public static TextFile Find(string path)
    {
        try
        {
            using var file = RegularFile.Open(path, TextPiece.MostBytes);
            CompressedFile.Refuse(file, path, "texts are read as UTF-8");
            Span<byte> start = stackalloc byte[3];
            start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
            int mark = start.SequenceEqual(Encoding.UTF8.Preamble) ? start.Length : 0;
            if (start.StartsWith(Encoding.Unicode.Preamble) || start.StartsWith(Encoding.BigEndianUnicode.Preamble))
                throw TextFaults.Utf16(path);
            return file.Length > mark
                ? new TextFile(new TextPiece(path, mark, file.Length - mark, EndsFile: true))
                : throw new DataException($"{path}: is empty; a text was expected. Check that the file is complete.");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be read: {cause.Message}", cause);
        }
    }

    /// <summary>The text in one piece, measured.</summary>
    /// <param name="stage">Is told how many bytes are read; null if nobody is.</param>
    /// <exception cref="DataException">It is no UTF-8 text, or holds no words.</exception>
    public TextPiece Whole(DataStage? stage = null) => Measured([_whole], stage)[0];

    /// <summary>Cuts the text into blocks of about equal length, which begin after line ends where there are some.</summary>
    /// <param name="count">The number of blocks; there may be fewer, where lines are longer than blocks.</param>
    /// <returns>The blocks without gaps, not yet measured.</returns>
    /// <exception cref="DataException">The file cannot be read.</exception>
    public IReadOnlyList<TextPiece> Blocks(long count)
    {
        try
        {
            using var file = RegularFile.Open(_whole.Path, TextPiece.MostBytes);
            return Blocks(file, count);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{_whole.Path}: cannot be read: {cause.Message}", cause);
        }
    }

    /// <summary>Measures pieces of a text, which follow each other without gaps.</summary>
    /// <param name="pieces">The pieces.</param>
    /// <param name="stage">Is told how many bytes are read; null if nobody is.</param>
    /// <exception cref="DataException">It is no UTF-8 text, or holds no words.</exception>
    public static IReadOnlyList<TextPiece> Measured(IReadOnlyList<TextPiece> pieces, DataStage? stage = null)
    {
        var measure = new TextMeasure(pieces[0].Path, stage);
        TextPiece[] measured = [.. pieces.Select(measure.Measure)];
        return measure.HasText ? measured : throw TextFaults.NoText(pieces[0].Path);
    }

    private List<TextPiece> Blocks(Stream file, long count)
    {
        var blocks = new List<TextPiece>();
        byte[] ahead = new byte[LongestSearch];
        long first = 0;
        for (long block = 1; block <= count; block++)
        {
            long end = block < count ? CutAfter(file, Place(block, count), Place(block + 1, count), ahead) : Length;
            if (end > first)
                blocks.Add(new TextPiece(_whole.Path, _whole.Start + first, end - first, EndsFile: end == Length));
            first = Math.Max(first, end);
        }
        return blocks;
    }

    private long Place(long block, long count) => (long)((Int128)Length * block / count);

    /// <summary>The first place for a cut: after a line end, or else after white space, or else between two characters.</summary>
    private long CutAfter(Stream file, long from, long to, byte[] ahead)
    {
        file.Position = _whole.Start + from;
        int length = (int)Math.Min(ahead.Length, to - from);
        length = file.ReadAtLeast(ahead.AsSpan(0, length), length, throwOnEndOfStream: false);
        var bytes = ahead.AsSpan(0, length);
        int lineEnd = bytes.IndexOf((byte)'\n'), space = bytes.IndexOfAny(" \t"u8);
        if (lineEnd >= 0 || space >= 0)
            return from + (lineEnd >= 0 ? lineEnd : space) + 1;
        int character = bytes.IndexOfAnyExceptInRange((byte)0x80, (byte)0xBF); // bytes of a character but its first are 10xxxxxx
        return from + Math.Max(0, character);
    }
}
