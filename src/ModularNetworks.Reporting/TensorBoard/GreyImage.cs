using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace ModularNetworks.Reporting;

/// <summary>A grey picture.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Pixels">Row by row; 0 is black, 255 is white.</param>
internal sealed record GreyImage(int Width, int Height, byte[] Pixels)
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>The picture as a PNG file.</summary>
    public byte[] ToPng()
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        header[8] = 8; // bits a pixel; the other entries are 0: grey, compressed, not interlaced
        using var png = new MemoryStream();
        png.Write(Signature);
        WriteChunk(png, "IHDR"u8, header);
        WriteChunk(png, "IDAT"u8, Compressed());
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private byte[] Compressed()
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (int row = 0; row < Height; row++)
            {
                zlib.WriteByte(0); // the row is not filtered
                zlib.Write(Pixels, row * Width, Width);
            }
        }
        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        var crc = new Crc32();
        crc.Append(type);
        crc.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc.GetCurrentHashAsUInt32());
        png.Write(number);
    }
}
