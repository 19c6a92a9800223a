using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Random changes of training images that leave their class as it is: a crop at a random place of the padded image, and a
/// flip of left and right in half of the cases. Without either, images stay as they are.
/// </summary>
/// <param name="Padding">
/// How many pixels of 0, the mean after normalisation, are put around an image before a part of its former size is cut out.
/// </param>
/// <param name="Flip">Whether half of the images are flipped.</param>
public sealed record ImageAugmentation(int Padding = 0, bool Flip = false)
{
    // The numbers of one place of a batch, of which three are used, are one block of the generator.
    private const ulong DrawsPerImage = 4;

    /// <summary>Whether images are changed at all.</summary>
    public bool IsOn => Padding > 0 || Flip;

    /// <summary>Changes a normalised image.</summary>
    /// <param name="key">Decides, with the place, what is done.</param>
    /// <param name="place">The image's place in the batch, from 0.</param>
    /// <param name="shape">The image's size.</param>
    /// <param name="image">The image, <c>[channels * height * width]</c> in the order channel, row, column.</param>
    /// <param name="result">Receives the changed image, of the same size; must not share memory with the image.</param>
    /// <exception cref="ArgumentException">A span has the wrong size, or they share memory.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The place or the padding is below 0.</exception>
    public void Apply(RandomKey key, int place, ImageShape shape, ReadOnlySpan<float> image, Span<float> result)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        ArgumentOutOfRangeException.ThrowIfNegative(Padding);
        if (image.Length != shape.Count || result.Length != shape.Count || image.Overlaps(result))
        {
            throw new ArgumentException(
                $"ImageAugmentation.Apply: an image of {Counted.Of(image.Length, "value")} into {result.Length}; both must be {shape.Count} "
                + $"({shape}), in memory of their own.");
        }
        ulong draw = DrawsPerImage * (ulong)place;
        int down = key.Below(draw, (2 * Padding) + 1) - Padding;
        int right = key.Below(draw + 1, (2 * Padding) + 1) - Padding;
        bool flips = Flip && key.Below(draw + 2, 2) == 1;
        for (int row = 0; row < shape.Channels * shape.Height; row++)
        {
            int from = (row % shape.Height) + down;
            var target = result.Slice(row * shape.Width, shape.Width);
            bool inside = from >= 0 && from < shape.Height;
            Shift(inside ? image.Slice((row + down) * shape.Width, shape.Width) : [], right, target);
            if (flips)
                target.Reverse();
        }
    }

    /// <summary>Fills a row with the pixels that stand so many places further right, and with 0 where there are none.</summary>
    private static void Shift(ReadOnlySpan<float> source, int right, Span<float> target)
    {
        int kept = source.Length - Math.Abs(right);
        target.Clear();
        if (kept > 0)
            source.Slice(Math.Max(right, 0), kept).CopyTo(target[Math.Max(-right, 0)..]);
    }
}
