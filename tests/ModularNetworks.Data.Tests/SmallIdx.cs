using System.Buffers.Binary;
using System.IO.Compression;

namespace ModularNetworks.Data.Tests;

/// <summary>Makes idx files.</summary>
internal static class SmallIdx
{
    /// <summary>A file of bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="sizes">The sizes of the axes.</param>
    public static byte[] Of(byte[] bytes, params int[] sizes)
    {
        var header = new byte[4 * (1 + sizes.Length)];
        (header[2], header[3]) = (8, (byte)sizes.Length);
        for (int axis = 0; axis < sizes.Length; axis++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 * (1 + axis)), sizes[axis]);
        return [.. header, .. bytes];
    }

    /// <summary>Bytes compressed by gzip.</summary>
    public static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
