using System.Buffers.Binary;
using SkiaSharp;

namespace ModularNetworks.Data.Tests;

/// <summary>Makes picture files of other formats than <see cref="SmallPng"/>.</summary>
internal static class SmallPicture
{
    /// <summary>The formats, by name.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["png", "jpeg", "webp", "gif", "bmp"];

    /// <summary>A picture of a format.</summary>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="height">The number of rows.</param>
    /// <param name="width">The number of columns.</param>
    /// <param name="pixels"><c>[height, width, 3]</c>; for GIF only colours of which each part is 0, 85, 170 or 255 stay what they are.</param>
    public static byte[] Of(string format, int height, int width, byte[] pixels) => format switch
    {
        "png" => SmallPng.Of(height, width, pixels),
        "jpeg" => Encoded(SKEncodedImageFormat.Jpeg, height, width, pixels),
        "webp" => Encoded(SKEncodedImageFormat.Webp, height, width, pixels),
        "gif" => Gif(height, width, pixels),
        _ => Bmp(height, width, pixels),
    };

    /// <summary>A picture of one colour.</summary>
    public static byte[] OfColour(string format, int height, int width, params byte[] colour) =>
        Of(format, height, width, [.. Enumerable.Repeat(colour, height * width).SelectMany(pixel => pixel)]);

    /// <summary>A JPEG file with an orientation mark.</summary>
    public static byte[] Marked(byte[] jpeg, byte orientation) =>
    [
        .. jpeg[..2], 0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "II*\0"u8, 8, 0, 0, 0,
        1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0, .. jpeg[2..],
    ];

    private static byte[] Encoded(SKEncodedImageFormat format, int height, int width, byte[] pixels)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        byte[] stored = [.. pixels.Chunk(3).SelectMany(pixel => pixel.Append(byte.MaxValue))];
        System.Runtime.InteropServices.Marshal.Copy(stored, 0, bitmap.GetPixels(), stored.Length);
        using var data = bitmap.Encode(format, quality: 100);
        return data.ToArray();
    }

    /// <summary>Colours of a table of 64, each a code of its own: the table of codes is cleared before it grows.</summary>
    private static byte[] Gif(int height, int width, byte[] pixels)
    {
        const int Colors = 64, CodeBits = 7, Clear = 64, End = 65;
        byte[] table = [.. Enumerable.Range(0, Colors).SelectMany(n => (byte[])[(byte)(n / 16 * 85), (byte)(n / 4 % 4 * 85), (byte)(n % 4 * 85)])];
        var codes = new List<int>();
        foreach (byte[][] part in pixels.Chunk(3).Chunk(30))
            codes.AddRange([Clear, .. part.Select(pixel => (pixel[0] / 85 * 16) + (pixel[1] / 85 * 4) + (pixel[2] / 85))]);
        codes.Add(End);
        var packed = new byte[((codes.Count * CodeBits) + 7) / 8];
        for (int bit = 0; bit < codes.Count * CodeBits; bit++)
            packed[bit / 8] |= (byte)(((codes[bit / CodeBits] >> (bit % CodeBits)) & 1) << (bit % 8));
        byte[] size = [(byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8)];
        return
        [
            .. "GIF89a"u8, .. size, 0x85, 0, 0, .. table, 0x2C, 0, 0, 0, 0, .. size, 0, 6,
            .. packed.Chunk(byte.MaxValue).SelectMany(block => block.Prepend((byte)block.Length)), 0, 0x3B,
        ];
    }

    /// <summary>Rows from the last to the first, blue before green before red, filled up to multiples of four bytes.</summary>
    private static byte[] Bmp(int height, int width, byte[] pixels)
    {
        const int Start = 54;
        int rowBytes = ((width * 3) + 3) / 4 * 4;
        var file = new byte[Start + (height * rowBytes)];
        "BM"u8.CopyTo(file);
        foreach (var (place, value) in ((int, int)[])[(2, file.Length), (10, Start), (14, 40), (18, width), (22, height), (26, 1 | (24 << 16))])
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(place), value);
        for (int i = 0; i < pixels.Length; i++)
        {
            var (row, column) = (i / 3 / width, i / 3 % width);
            file[Start + ((height - 1 - row) * rowBytes) + (column * 3) + 2 - (i % 3)] = pixels[i];
        }
        return file;
    }
}
