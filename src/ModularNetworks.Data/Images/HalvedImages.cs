using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Makes images half as wide and high: every pixel the mean of 2 x 2.</summary>
internal static class HalvedImages
{
    private const int Block = 4;

    /// <summary>Halves both splits.</summary>
    /// <param name="images">Images of even width and height.</param>
    public static ImageSplits Of(ImageSplits images) => new(Of(images.Train), Of(images.Test));

    private static LabelledImages Of(LabelledImages images)
    {
        var (channels, height, width) = images.Shape;
        var shape = new ImageShape(channels, height / 2, width / 2);
        return new LabelledImages(
            shape,
            Enumerable.Range(0, images.Count).Select(n => (ReadOnlyMemory<byte>)Halved(images[n], images.Shape, shape)),
            images.Labels.ToArray(),
            images.Classes);
    }

    private static byte[] Halved(ReadOnlySpan<byte> image, ImageShape from, ImageShape to)
    {
        var halved = new byte[to.Count];
        for (int i = 0; i < halved.Length; i++)
        {
            int row = i / to.Width, column = i % to.Width;
            int first = (2 * row * from.Width) + (2 * column), below = first + from.Width;
            int sum = image[first] + image[first + 1] + image[below] + image[below + 1];
            halved[i] = (byte)((sum + (Block / 2)) / Block);
        }
        return halved;
    }
}
