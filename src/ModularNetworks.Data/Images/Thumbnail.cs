using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Small pictures of images, as PNG files.</summary>
public static class Thumbnail
{
    private const int MostPixels = 32;

    /// <summary>Makes an image's picture, at most 32 pixels wide and high: every pixel the mean of those that it stands for.</summary>
    /// <param name="image"><c>[channels * height * width]</c> in the order channel, row, column.</param>
    /// <param name="shape">The image's size. Three channels are red, green and blue; of other numbers the first is gray.</param>
    /// <param name="white">The value that is shown as white, such as 16 where pixels count from 0 to 16; larger ones are too.</param>
    /// <returns>The bytes of a PNG file.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="white"/> is 0.</exception>
    public static byte[] Png(ReadOnlySpan<byte> image, ImageShape shape, byte white = byte.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfZero(white);
        if (shape.Count == 0 || image.Length != shape.Count)
            throw new ArgumentException($"Thumbnail: {image.Length} values are given for an image of {shape}; it has {shape.Count}, and must have one.");
        int factor = (Math.Max(shape.Height, shape.Width) + MostPixels - 1) / MostPixels;
        int height = Math.Max(1, shape.Height / factor), width = Math.Max(1, shape.Width / factor);
        int channels = shape.Channels == 3 ? 3 : 1;
        byte[] pixels = new byte[height * width * channels];
        for (int i = 0; i < pixels.Length; i++)
        {
            int pixel = i / channels;
            int mean = Mean(image, shape, i % channels, pixel / width * factor, pixel % width * factor, factor);
            pixels[i] = (byte)Math.Min(mean * byte.MaxValue / white, byte.MaxValue);
        }
        return PngFile.Encode(pixels, width, height, channels);
    }

    private static int Mean(ReadOnlySpan<byte> image, ImageShape shape, int channel, int top, int left, int size)
    {
        int sum = 0, count = 0;
        for (int y = top; y < Math.Min(top + size, shape.Height); y++)
        {
            for (int x = left; x < Math.Min(left + size, shape.Width); x++, count++)
                sum += image[(((channel * shape.Height) + y) * shape.Width) + x];
        }
        return sum / count;
    }
}
