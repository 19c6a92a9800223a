using System.Numerics.Tensors;
using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>
/// Problems in which one set of small labelled images obeys several rules that contradict each other: every image appears once
/// for each rule (<see cref="DigitTask"/>). One network of few units can hardly obey all of them; one whose modules take a rule
/// each can.
/// </summary>
/// <remarks>
/// Rules are the same for every training. Of the training images, 15 % are for validation, always the same ones, with all their
/// rules, so that no image is in two parts.
/// </remarks>
public static class DigitTasks
{
    private const double ValidShare = 0.15;

    private static readonly RandomKey ValidKey = RandomKey.FromSeed(0).Split("digit validation");

    /// <summary>Makes a problem.</summary>
    /// <param name="images">Square images of one channel.</param>
    /// <param name="task">The rules.</param>
    /// <exception cref="DataException">The images have several channels, are not square, or are too few for two parts.</exception>
    public static TaskSplits Create(ImageSplits images, DigitTask task) =>
        Create(images, (shape, classes) => new DigitRules(task, shape, classes)) with { ShowsTasks = task is DigitTask.Task or DigitTask.Several };

    /// <summary>
    /// Makes ten tasks to be learned one after the other: the images with their own labels, with four permutations of the labels, turned by 90,
    /// 180 and 270 degrees with a permutation each, turned by 90 degrees with the second permutation, and again as they are.
    /// </summary>
    /// <param name="images">Square images of one channel.</param>
    /// <exception cref="DataException">The images have several channels, are not square, or are too few for two parts.</exception>
    public static TaskSplits CreateStream(ImageSplits images) => Create(images, DigitRules.Stream) with { ShowsTasks = true };

    private static TaskSplits Create(ImageSplits images, Func<ImageShape, int, DigitRules> rulesFor)
    {
        ArgumentNullException.ThrowIfNull(images);
        var (train, shape) = (images.Train, images.Train.Shape);
        int valid = (int)(train.Count * ValidShare);
        if (shape.Channels != 1 || shape.Height != shape.Width || valid == 0)
        {
            throw new DataException(
                $"DigitTasks: {train.Count} training images of {shape}; square images of one channel are expected, at least 7. Use "
                + "optdigits or Fashion-MNIST.");
        }
        int[] order = [.. Enumerable.Range(0, train.Count)];
        ValidKey.Shuffle(order);
        var rules = rulesFor(shape, train.Classes.Count);
        float white = LargestPixel(train);
        return new TaskSplits(
            new DigitRows(train, [.. order[valid..].Order()], rules, white).ToPoints(),
            new DigitRows(train, [.. order[..valid].Order()], rules, white).ToPoints(),
            new DigitRows(images.Test, [.. Enumerable.Range(0, images.Test.Count)], rules, white).ToPoints(),
            images.Fingerprint);
    }

    // Pixels become numbers from 0 to 1; not all images have 256 shades.
    private static byte LargestPixel(LabelledImages images)
    {
        byte largest = 1;
        for (int n = 0; n < images.Count && largest < byte.MaxValue; n++)
            largest = Math.Max(largest, TensorPrimitives.Max(images[n]));
        return largest;
    }
}
