using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

public sealed class ImageNormalizationTests
{
    [Fact]
    public void Each_channel_of_the_training_images_gets_mean_0_and_deviation_1()
    {
        var images = RandomImages(count: 50, new ImageShape(3, 5, 4));
        var normalization = ImageNormalization.Of(images);
        double[] sums = new double[3], squares = new double[3];
        var row = new float[60];
        for (int n = 0; n < images.Count; n++)
        {
            normalization.Apply(images[n], row);
            for (int i = 0; i < row.Length; i++)
            {
                sums[i / 20] += row[i] / 1000;
                squares[i / 20] += row[i] * row[i] / 1000;
            }
        }
        Assert.All(sums, mean => Assert.Equal(0, mean, tolerance: 1e-6));
        Assert.All(squares, square => Assert.Equal(1, square, tolerance: 1e-6));
    }

    [Fact]
    public void Means_and_deviations_are_those_of_their_definition()
    {
        var images = new LabelledImages(
            new ImageShape(2, 1, 2), [new byte[] { 0, 255, 51, 51 }, new byte[] { 0, 255, 51, 51 }], [0, 0], ["a"]);
        var normalization = ImageNormalization.Of(images);
        Assert.Equal([0.5, 0.2], normalization.Means);
        Assert.Equal([0.5, 0], normalization.Deviations);
        var row = new float[4];
        normalization.Apply([0, 255, 51, 102], row);
        // A deviation of 0 counts as 1.
        Assert.Equal([-1, 1, 0, 0.2f], row);
    }

    [Fact]
    public void The_order_of_the_images_does_not_matter()
    {
        var images = RandomImages(count: 20, new ImageShape(1, 3, 3));
        ReadOnlyMemory<byte>[] turned = [.. Enumerable.Range(0, 20).Select(n => (ReadOnlyMemory<byte>)images[19 - n].ToArray())];
        var other = new LabelledImages(images.Shape, turned, images.Labels.ToArray(), images.Classes);
        var (left, right) = (ImageNormalization.Of(images), ImageNormalization.Of(other));
        Assert.Equal((left.Means[0], left.Deviations[0]), (right.Means[0], right.Deviations[0]));
    }

    [Fact]
    public void Numbers_that_cannot_be_and_spans_of_the_wrong_size_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ImageNormalization([], []));
        Assert.Throws<ArgumentException>(() => new ImageNormalization([0.5], [1, 1]));
        Assert.Throws<ArgumentException>(() => new ImageNormalization([double.NaN], [1]));
        Assert.Throws<ArgumentException>(() => new ImageNormalization([0.5], [-1]));
        var normalization = new ImageNormalization([0.5, 0.5], [1, 1]);
        Assert.Throws<ArgumentException>(() => normalization.Apply(new byte[3], new float[3]));
        var error = Assert.Throws<ArgumentException>(() => normalization.Apply(new byte[4], new float[2]));
        Assert.Contains("an image of 4 values into 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Normalising_allocates_nothing()
    {
        var normalization = new ImageNormalization([0.5], [1]);
        byte[] image = new byte[64];
        float[] row = new float[64];
        Allocations.AssertNone(() => normalization.Apply(image, row));
    }

    private static LabelledImages RandomImages(int count, ImageShape shape)
    {
        var key = RandomKey.FromSeed(5);
        ReadOnlyMemory<byte>[] images =
        [
            .. Enumerable.Range(0, count).Select(n => (ReadOnlyMemory<byte>)Enumerable.Range(0, shape.Count)
                .Select(i => (byte)key.Bits((ulong)((n * shape.Count) + i))).ToArray()),
        ];
        return new LabelledImages(shape, images, new int[count], ["a"]);
    }
}
