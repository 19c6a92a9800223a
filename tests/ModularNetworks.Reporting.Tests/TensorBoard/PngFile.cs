using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ModularNetworks.Reporting.Tests;

/// <summary>Reads grey PNG files whose rows are not filtered, and checks every checksum.</summary>
internal sealed class PngFile
{
    private readonly byte[] _pixels;

    public PngFile(ReadOnlySpan<byte> data)
    {
        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(data[..8]));
        data = data[8..];
        var chunks = new List<(string Type, byte[] Data)>();
        while (!data.IsEmpty)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(data);
            Assert.Equal(BitwiseCrc.Crc32(data.Slice(4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(data[(8 + length)..]));
            chunks.Add((Encoding.ASCII.GetString(data.Slice(4, 4)), data.Slice(8, length).ToArray()));
            data = data[(12 + length)..];
        }
        Assert.Equal(["IHDR", "IDAT", "IEND"], chunks.Select(chunk => chunk.Type));
        byte[] header = chunks[0].Data;
        Width = BinaryPrimitives.ReadInt32BigEndian(header);
        Height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        Assert.Equal([8, 0, 0, 0, 0], header[8..]); // 8 bits, grey
        using var zlib = new ZLibStream(new MemoryStream(chunks[1].Data), CompressionMode.Decompress);
        using var inflated = new MemoryStream();
        zlib.CopyTo(inflated);
        _pixels = inflated.ToArray();
        Assert.Equal(Height * (Width + 1), _pixels.Length);
        Assert.All(Enumerable.Range(0, Height), row => Assert.Equal(0, _pixels[row * (Width + 1)]));
    }

    public int Width { get; }

    public int Height { get; }

    public byte this[int row, int column] => _pixels[(row * (Width + 1)) + 1 + column];
}
