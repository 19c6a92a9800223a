using System.Buffers.Binary;

namespace ModularNetworks.Data;

/// <summary>
/// Checks the size at the end of data compressed by gzip (RFC 1952, ISIZE). <see cref="System.IO.Compression.GZipStream"/> takes data that end
/// before their checksum for whole ones, and what follows for nothing.
/// </summary>
internal static class GzipEnd
{
    /// <summary>Demands that a file ends with the size of what was unpacked.</summary>
    /// <param name="file">The compressed file.</param>
    /// <param name="unpackedBytes">The number of bytes that it unpacked to.</param>
    /// <exception cref="InvalidDataException">It does not.</exception>
    public static void Require(Stream file, long unpackedBytes)
    {
        Span<byte> size = stackalloc byte[sizeof(uint)];
        file.Seek(-Math.Min(size.Length, file.Length), SeekOrigin.End);
        int length = file.ReadAtLeast(size, size.Length, throwOnEndOfStream: false);
        if (length < size.Length || BinaryPrimitives.ReadUInt32LittleEndian(size) != (uint)unpackedBytes)
            throw new InvalidDataException("It ends before its checksum, or with something else.");
    }
}
