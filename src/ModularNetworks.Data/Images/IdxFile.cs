using System.Buffers.Binary;
using System.IO.Compression;

namespace ModularNetworks.Data;

/// <summary>
/// Reads compressed files of bytes in the idx format of MNIST (LeCun, Cortes, Burges): four bytes that end with the number of
/// axes, the size of every axis as four big-endian bytes, then the bytes.
/// </summary>
internal static class IdxFile
{
    private const byte OfBytes = 0x08;

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="files">Holds the file, compressed by gzip.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="sizes">The sizes of the axes that it must have.</param>
    /// <exception cref="DataException">The file is missing, cannot be read or has other sizes.</exception>
    public static byte[] Read(DataFiles files, string name, params IReadOnlyList<int> sizes)
    {
        string path = files.PathOf(name);
        try
        {
            using var stream = new GZipStream(files.Open(name), CompressionMode.Decompress);
            RequireHeader(stream, path, sizes);
            var bytes = new byte[sizes.Aggregate(1, (count, size) => count * size)];
            int found = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            bool isMore = stream.ReadByte() >= 0;
            return found == bytes.Length && !isMore
                ? bytes
                : throw Unlike(path, $"{(isMore ? $"more than {found}" : found)} bytes", $"{bytes.Length} bytes after its sizes");
        }
        catch (Exception cause) when (cause is IOException or InvalidDataException)
        {
            throw new DataException($"{path}: cannot be read: {cause.Message}", cause);
        }
    }

    private static void RequireHeader(Stream stream, string path, IReadOnlyList<int> sizes)
    {
        var header = new byte[sizeof(int) * (1 + sizes.Count)];
        int length = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (length < header.Length || header[0] != 0 || header[1] != 0 || header[2] != OfBytes || header[3] != sizes.Count)
            throw Unlike(path, $"a beginning of {Convert.ToHexStringLower(header.AsSpan(0, Math.Min(length, sizeof(int))))}", $"00000{OfBytes}0{sizes.Count}");
        int[] found = [.. Enumerable.Range(1, sizes.Count).Select(axis => BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(axis * sizeof(int))))];
        if (!found.SequenceEqual(sizes))
            throw Unlike(path, $"the sizes {string.Join(" x ", found)}", string.Join(" x ", sizes));
    }

    private static DataException Unlike(string path, string found, string expected) => new(
        $"{path}: has {found}; expected are {expected}. The file is not complete or no such idx file; get it again.");
}
