using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Writes pictures in the PNG format (ISO/IEC 15948), 8 bits a sample.</summary>
public static class PngFile
{
    private const byte Gray = 0;
    private const byte Color = 2;

    private static readonly byte[] Signature = [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n'];

    /// <summary>Encodes a picture.</summary>
    /// <param name="pixels"><c>[height, width, channels]</c>.</param>
    /// <param name="width">The picture's width in pixels.</param>
    /// <param name="height">The picture's height in pixels.</param>
    /// <param name="channels">1 for gray, 3 for red, green and blue.</param>
    /// <returns>The bytes of a PNG file.</returns>
    /// <exception cref="ArgumentException">The pixels are not of this size.</exception>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int width, int height, int channels)
    {
        if (channels is not (1 or 3) || pixels.IsEmpty || pixels.Length != (long)width * height * channels)
        {
            throw new ArgumentException(
                $"PngFile: {pixels.Length} samples for {width} x {height} pixels of {Counted.Of(channels, "channel")}; there must be as many as "
                + "their product, and 1 or 3 channels.");
        }
        using var file = new MemoryStream();
        file.Write(Signature);
        byte[] header = [.. BigEndian(width), .. BigEndian(height), 8, channels == 1 ? Gray : Color, 0, 0, 0];
        WriteChunk(file, "IHDR", header);
        WriteChunk(file, "IDAT", Compress(pixels, width * channels));
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Compress(ReadOnlySpan<byte> pixels, int rowLength)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize))
        {
            for (int start = 0; start < pixels.Length; start += rowLength)
            {
                zlib.WriteByte(0); // The row is not filtered.
                zlib.Write(pixels.Slice(start, rowLength));
            }
        }
        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream file, string type, byte[] data)
    {
        byte[] typed = [.. Encoding.ASCII.GetBytes(type), .. data];
        file.Write(BigEndian(data.Length));
        file.Write(typed);
        file.Write(BigEndian((int)Crc32.HashToUInt32(typed)));
    }

    private static byte[] BigEndian(int number)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
