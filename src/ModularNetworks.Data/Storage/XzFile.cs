using ModularNetworks.Engine;
using SharpCompress.Common;
using SharpCompress.Compressors.Xz;

namespace ModularNetworks.Data;

/// <summary>The content of a file that is compressed as <c>.xz</c>, unpacked while it is read.</summary>
internal sealed class XzFile : UnpackedStream
{
    /// <summary>The extension of the names of files compressed as <c>.xz</c>.</summary>
    public const string Extension = ".xz";

    // Bounds against damaged and hostile files, far above what the known data sets need.
    private const long MostBytes = 256L << 20;

    // The unpacker reads byte by byte.
    private const int BufferBytes = 1 << 16;

    private readonly string _path;
    private readonly long _bytes;
    private readonly Stream _file;
    private readonly XZStream _unpacked;

    private XzFile(string path, Stream file, long bytes)
    {
        (_path, _file, _bytes) = (path, file, bytes);
        file.Position = 0;
        _unpacked = new XZStream(file);
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mostBytes">The most that it may unpack to, in bytes.</param>
    /// <exception cref="DataException">The file is damaged, or holds too much.</exception>
    /// <exception cref="IOException">It is no regular file, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static XzFile Open(string path, long mostBytes = MostBytes)
    {
        var file = new BufferedStream(RegularFile.Open(path, MostBytes), BufferBytes);
        try
        {
            return new XzFile(path, file, Within(mostBytes, XzContainer.UnpackedBytes(file), path));
        }
        catch (Exception cause)
        {
            file.Dispose();
            if (!IsDamage(cause))
                throw;
            throw Damaged(path, cause);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="DataException">The file is damaged.</exception>
    protected override int ReadNext(Span<byte> buffer)
    {
        try
        {
            return _unpacked.Read(buffer);
        }
        catch (Exception cause) when (IsDamage(cause))
        {
            throw Damaged(_path, cause);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="DataException">The file holds more or less than it says.</exception>
    protected override void CheckRead(ReadOnlySpan<byte> buffer, int count)
    {
        bool isEnd = count == 0 && buffer.Length > 0;
        if (BytesRead > _bytes || (isEnd && BytesRead < _bytes))
            throw Damaged(_path, new InvalidDataException($"it holds {(isEnd ? "less" : "more")} than the {_bytes} bytes that it claims to."));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
            _file.Dispose();
        }
        base.Dispose(disposing);
    }

    private static long Within(long mostBytes, long bytes, string path) => bytes <= mostBytes ? bytes : throw new DataException(
        $"{path}: holds more than {mostBytes} bytes, which is the most that is read from an .xz file. Unpack the file, or get it again.");

    // What the unpacker throws at damaged input, besides its own exceptions.
    private static bool IsDamage(Exception cause) => cause is SharpCompressException or InvalidDataException or EndOfStreamException
        or ArgumentException or OverflowException or IndexOutOfRangeException or NotImplementedException;

    private static DataException Damaged(string path, Exception cause) => new(
        $"{path}: cannot be unpacked: {cause.Message.Split('\n')[0].TrimEnd()} Check that it is a whole .xz file, or get it again.", cause);
}
