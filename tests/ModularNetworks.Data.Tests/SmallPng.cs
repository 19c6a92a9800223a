using System.Buffers.Binary;
using System.IO.Compression;

namespace ModularNetworks.Data.Tests;

/// <summary>Makes PNG files of 8 bits a channel.</summary>
internal static class SmallPng
{
    private static readonly byte[] Start = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A];

    /// <summary>An image of one colour.</summary>
    public static byte[] OfColour(int height, int width, params byte[] colour) =>
        Of(height, width, [.. Enumerable.Repeat(colour, height * width).SelectMany(pixel => pixel)]);

    /// <summary>
    /// An image of pixels in the order row, column, channel; 1, 3 or 4 channels: grey, colour, colour and alpha.
    /// </summary>
    public static byte[] Of(int height, int width, byte[] pixels)
    {
        int channels = pixels.Length / (height * width);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = channels switch { 1 => 0, 3 => 2, _ => 6 };
        byte[] rows = [.. pixels.Chunk(width * channels).SelectMany(row => row.Prepend((byte)0))];
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            stream.Write(rows);
        return [.. Start, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string kind, byte[] content)
    {
        byte[] body = [.. System.Text.Encoding.ASCII.GetBytes(kind), .. content], chunk = [0, 0, 0, 0, .. body, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Checksum(body));
        return chunk;
    }

    private static uint Checksum(byte[] bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte next in bytes)
        {
            sum ^= next;
            for (int bit = 0; bit < 8; bit++)
                sum = (sum >> 1) ^ ((sum & 1) == 0 ? 0 : 0xEDB88320);
        }
        return ~sum;
    }
}
