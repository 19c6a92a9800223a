namespace ModularNetworks.Reporting;

/// <summary>
/// The starts of a file's lines, and which lines hold measurements on held-out data. Lines are found without parsing, so that
/// long files are read about as fast as the disk gives them.
/// </summary>
internal sealed class LineIndex
{
    /// <summary>
    /// The most bytes of a line. A line with measurements of a thousand modules has some hundred kilobytes; a longer line is
    /// damage, and is not kept.
    /// </summary>
    public const int MostLineBytes = 1 << 24;

    // A place takes eight bytes, so that a file of line ends alone would fill the memory.
    private const int MostLines = 10_000_000;

    // Long enough that few lines lie across two pieces, short enough to stay in the cache.
    private const int PieceBytes = 1 << 18;

    private readonly List<long> _starts = [];
    private long _passedOver;

    private LineIndex()
    {
    }

    /// <summary>The number of whole lines; a last one without its end is still being written, or was cut off.</summary>
    public int Count => _starts.Count;

    /// <summary>The numbers of the lines with measurements, in their order.</summary>
    public List<int> Measured { get; } = [];

    /// <summary>The end of the last whole line, in bytes.</summary>
    public long End { get; private set; }

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file, read from its start.</param>
    /// <exception cref="IOException">It has more than ten million lines.</exception>
    public static LineIndex Of(Stream file)
    {
        var index = new LineIndex();
        byte[] piece = new byte[PieceBytes];
        int used = 0;
        while (file.Read(piece, used, piece.Length - used) is > 0 and var read)
        {
            used += read;
            int taken = index.Take(piece.AsSpan(0, used));
            piece.AsSpan(taken, used - taken).CopyTo(piece);
            used -= taken;
            if (used < piece.Length)
                continue;
            if (piece.Length < MostLineBytes)
                Array.Resize(ref piece, 2 * piece.Length);
            else
                (index._passedOver, used) = (index._passedOver + used, 0);
        }
        return index;
    }

    /// <summary>
    /// The start of a line and its length without the line end, in bytes. Of a line that is too long, the length is the bound
    /// plus one.
    /// </summary>
    public (long Start, int Length) this[int line]
    {
        get
        {
            long end = line + 1 < _starts.Count ? _starts[line + 1] : End;
            return (_starts[line], (int)Math.Min(end - _starts[line] - 1, MostLineBytes + 1L));
        }
    }

    private int Take(ReadOnlySpan<byte> piece)
    {
        int taken = 0;
        for (int length; (length = piece[taken..].IndexOf((byte)'\n')) >= 0; taken += length + 1)
        {
            var line = piece.Slice(taken, length);
            if (line.IndexOf("\"valid\":"u8) >= 0 || line.IndexOf("\"test\":"u8) >= 0)
                Measured.Add(_starts.Count);
            if (_starts.Count == MostLines)
                throw new IOException($"It has more than {MostLines} lines, which are the most that are read.");
            _starts.Add(End);
            End += _passedOver + length + 1;
            _passedOver = 0;
        }
        return taken;
    }
}
