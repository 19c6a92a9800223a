using System.Buffers.Binary;
using System.IO.Compression;
using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>
/// Reads a file of bytes in the idx format of MNIST (LeCun, Cortes, Burges): four bytes that end with the number of axes, the size of every axis
/// as four big-endian bytes, then the bytes. The file may be compressed by gzip.
/// </summary>
internal sealed class IdxFile : IDisposable
{
    private const byte OfBytes = 0x08;

    private static readonly byte[] GzipStart = [0x1F, 0x8B];

    private readonly string _path;
    private readonly Stream _file;
    private readonly Stream _content;
    private readonly long _headerBytes;
    private long _read;

    /// <summary>Reads the sizes of the axes.</summary>
    /// <param name="file">The file, from its start; is closed with this.</param>
    /// <param name="path">The file's name in messages.</param>
    /// <param name="axes">The number of axes that it must have.</param>
    /// <exception cref="DataException">It is no such file, or cannot be read.</exception>
    public IdxFile(Stream file, string path, int axes)
    {
        (_path, _file) = (path, file);
        try
        {
            _content = IsPacked(file) ? new GZipStream(file, CompressionMode.Decompress) : file;
            Sizes = ReadSizes(axes);
            _headerBytes = _read;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The sizes of the axes.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>Demands sizes of the axes.</summary>
    /// <exception cref="DataException">They are others.</exception>
    public void Require(params IReadOnlyList<int> sizes)
    {
        if (!Sizes.SequenceEqual(sizes))
            throw Unlike($"the sizes {string.Join(" x ", Sizes)}", string.Join(" x ", sizes));
    }

    /// <summary>Reads the next bytes.</summary>
    /// <exception cref="DataException">There are not so many, or they cannot be read.</exception>
    public byte[] Read(int count)
    {
        var bytes = new byte[count];
        int found = Fill(bytes);
        return found == count ? bytes : throw Unlike(Counted.Of(_read - _headerBytes, "byte"), ContentBytes);
    }

    /// <summary>Demands that all bytes have been read, and that the file is whole.</summary>
    /// <exception cref="DataException">There are more, or the end of the compressed data is missing.</exception>
    public void RequireEnd() => Checked(() =>
    {
        if (_content.ReadByte() >= 0)
            throw Unlike($"more than {Counted.Of(_read - _headerBytes, "byte")}", ContentBytes);
        if (_content != _file && _file.CanSeek)
            GzipEnd.Require(_file, _read);
        return true;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _content.Dispose();
        _file.Dispose();
    }

    private string ContentBytes => $"{Counted.Of(Sizes.Aggregate(1L, (count, size) => count * size), "byte")} after its sizes";

    private int[] ReadSizes(int axes)
    {
        var header = new byte[sizeof(int) * (1 + axes)];
        int length = Fill(header);
        if (length < header.Length || header[0] != 0 || header[1] != 0 || header[2] != OfBytes || header[3] != axes)
            throw Unlike($"a beginning of {Convert.ToHexStringLower(header.AsSpan(0, Math.Min(length, sizeof(int))))}", $"00000{OfBytes}0{axes}");
        int[] sizes = [.. Enumerable.Range(1, axes).Select(axis => BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(axis * sizeof(int))))];
        return sizes.All(size => size > 0) ? sizes : throw Unlike($"the sizes {string.Join(" x ", sizes)}", "numbers above 0");
    }

    private int Fill(byte[] bytes) => Checked(() =>
    {
        int count = _content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        _read += count;
        return count;
    });

    // The content tells, since browsers unpack files and leave their names. What cannot be read twice is a file called .gz.
    private bool IsPacked(Stream file) => !file.CanSeek || Checked(() =>
    {
        var start = new byte[GzipStart.Length];
        file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return start.SequenceEqual(GzipStart);
    });

    private T Checked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception cause) when (cause is IOException or InvalidDataException)
        {
            throw new DataException($"{_path}: cannot be read: {cause.Message}", cause);
        }
    }

    private DataException Unlike(string found, string expected) => new(
        $"{_path}: has {found}; expected are {expected}. The file is not complete or no such idx file; get it again.");
}
