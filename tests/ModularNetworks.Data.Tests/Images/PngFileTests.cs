using System.Buffers.Binary;
using System.IO.Compression;
using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

public sealed class PngFileTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 3, 1)]
    [InlineData(4, 7, 3)]
    public void Pixels_come_back(int width, int height, int channels)
    {
        byte[] pixels = [.. Enumerable.Range(0, width * height * channels).Select(i => (byte)(i * 37))];
        Assert.Equal(pixels, Decode(PngFile.Encode(pixels, width, height, channels), width, height, channels));
    }

    [Theory]
    [InlineData(3, 2, 2, 1)]
    [InlineData(8, 2, 2, 2)]
    [InlineData(0, 0, 0, 1)]
    public void Pixels_of_another_size_are_refused(int pixels, int width, int height, int channels) =>
        Assert.Throws<ArgumentException>(() => PngFile.Encode(new byte[pixels], width, height, channels));

    [Fact]
    public void A_thumbnail_has_the_means_of_the_pixels_it_stands_for()
    {
        // Gray, 64 x 64: four pixels become one.
        byte[] image = [.. Enumerable.Range(0, 64 * 64).Select(i => (byte)(4 * (i % 2) + 8 * (i / 64 % 2) + (i % 64 / 2)))];
        byte[] pixels = Decode(Thumbnail.Png(image, new ImageShape(1, 64, 64)), 32, 32, 1);
        Assert.Equal(Enumerable.Range(0, 32 * 32).Select(i => (byte)(6 + (i % 32))), pixels);
    }

    [Fact]
    public void A_thumbnail_of_few_shades_has_all_from_black_to_white() =>
        Assert.Equal([0, 127, 255, 255], Decode(Thumbnail.Png([0, 8, 16, 17], new ImageShape(1, 2, 2), white: 16), 2, 2, 1));

    [Fact]
    public void A_thumbnail_of_a_small_image_is_the_image_with_its_colours_side_by_side()
    {
        byte[] image = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]; // 3 x 2 x 2
        Assert.Equal(
            [1, 5, 9, 2, 6, 10, 3, 7, 11, 4, 8, 12], Decode(Thumbnail.Png(image, new ImageShape(3, 2, 2)), 2, 2, 3));
    }

    /// <summary>Reads what is asked of a file: signature, lengths, checksums (bit by bit), rows without filters.</summary>
    private static byte[] Decode(byte[] file, int width, int height, int channels)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        var chunks = new List<(string Type, byte[] Data)>();
        for (int place = 8; place < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(place));
            byte[] typed = file[(place + 4)..(place + 8 + length)];
            Assert.Equal(Crc(typed), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(place + 8 + length)));
            chunks.Add((System.Text.Encoding.ASCII.GetString(typed, 0, 4), typed[4..]));
            place += length + 12;
        }
        Assert.Equal(["IHDR", "IDAT", "IEND"], chunks.Select(chunk => chunk.Type));
        Assert.Equal(
            [0, 0, 0, (byte)width, 0, 0, 0, (byte)height, 8, (byte)(channels == 1 ? 0 : 2), 0, 0, 0], chunks[0].Data);
        using var zlib = new ZLibStream(new MemoryStream(chunks[1].Data), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        zlib.CopyTo(rows);
        byte[][] lines = [.. rows.ToArray().Chunk((width * channels) + 1)];
        Assert.Equal(height, lines.Length);
        Assert.All(lines, line => Assert.Equal(0, line[0]));
        return [.. lines.SelectMany(line => line[1..])];
    }

    private static uint Crc(byte[] data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }
        return ~crc;
    }
}
