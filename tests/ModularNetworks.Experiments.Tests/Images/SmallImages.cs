using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

/// <summary>Small images whose class is the quarter that is bright.</summary>
internal static class SmallImages
{
    public static ImageShape Shape { get; } = new(2, 6, 6);

    public static ImageSplits Splits(int train = 80, int test = 40) => new(Create(1, train), Create(2, test));

    private static LabelledImages Create(ulong seed, int count)
    {
        var key = RandomKey.FromSeed(seed);
        int[] labels = [.. Enumerable.Range(0, count).Select(n => key.Split("labels").Below((ulong)n, 4))];
        var images = labels.Select((label, n) => (ReadOnlyMemory<byte>)Image(key.Split("noise").Split((ulong)n), label));
        return new LabelledImages(Shape, images, labels, ["top left", "top right", "bottom left", "bottom right"]);
    }

    private static byte[] Image(RandomKey noise, int label)
    {
        var image = new byte[Shape.Count];
        for (int i = 0; i < image.Length; i++)
        {
            var (y, x) = (i % Shape.Places / Shape.Width, i % Shape.Width);
            bool bright = (2 * (y / 3)) + (x / 3) == label;
            image[i] = (byte)((bright ? 150 : 50) + noise.Below((ulong)i, 80));
        }
        return image;
    }
}
