using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>A text file: where its text begins and ends, and where it can be cut.</summary>
internal sealed class TextFile
{
    private readonly TextPiece _whole;

    private TextFile(TextPiece whole) => _whole = whole;

    /// <summary>The number of bytes of the text, without a byte order mark.</summary>
    public long Length => _whole.Length;

    /// <summary>Finds the text of a file.</summary>
    /// <exception cref="DataException">The file cannot be read, or is empty.</exception>
    public static TextFile Find(string path)
    {
        try
        {
            using var file = RegularFile.Open(path, TextPiece.MostBytes);
            Span<byte> start = stackalloc byte[3];
            int mark = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == 3 && start.SequenceEqual(Encoding.UTF8.Preamble) ? 3 : 0;
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
    /// <exception cref="DataException">It is no UTF-8 text, or holds no words.</exception>
    public TextPiece Whole() => Measured([_whole])[0];

    /// <summary>Cuts the text into blocks of about equal length, which begin after line ends where there are some.</summary>
    /// <param name="count">The number of blocks; there may be fewer, where lines are longer than blocks.</param>
    /// <returns>The blocks without gaps, not yet measured.</returns>
    /// <exception cref="DataException">The file cannot be read.</exception>
    public IReadOnlyList<TextPiece> Blocks(long count)
    {
        var blocks = new List<TextPiece>();
        long first = 0;
        for (long block = 1; block <= count; block++)
        {
            long end = block < count ? CutAfter(Place(block, count), Place(block + 1, count)) : Length;
            if (end > first)
                blocks.Add(new TextPiece(_whole.Path, _whole.Start + first, end - first, EndsFile: end == Length));
            first = Math.Max(first, end);
        }
        return blocks;
    }

    /// <summary>Measures pieces of a text, which follow each other without gaps.</summary>
    /// <exception cref="DataException">It is no UTF-8 text, or holds no words.</exception>
    public static IReadOnlyList<TextPiece> Measured(IReadOnlyList<TextPiece> pieces)
    {
        var measure = new TextMeasure(pieces[0].Path);
        TextPiece[] measured = [.. pieces.Select(measure.Measure)];
        return measure.HasText ? measured : throw TextFaults.NoText(pieces[0].Path);
    }

    private long Place(long block, long count) => (long)((Int128)Length * block / count);

    /// <summary>The first place for a cut: after a line end, or else after white space, or else between two characters.</summary>
    private long CutAfter(long from, long to)
    {
        const int Most = 1 << 16;
        byte[] bytes = new byte[Math.Min(Most, to - from)];
        using (var stream = (_whole with { Start = _whole.Start + from, Length = bytes.Length }).Open())
            bytes = bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        int lineEnd = Array.IndexOf(bytes, (byte)'\n'), space = bytes.AsSpan().IndexOfAny(" \t"u8);
        if (lineEnd >= 0 || space >= 0)
            return from + (lineEnd >= 0 ? lineEnd : space) + 1;
        return from + Math.Max(0, Array.FindIndex(bytes, value => (value & 0xC0) != 0x80));
    }
}
