using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class ImageAugmentationTests
{
    private static readonly ImageShape Shape = new(2, 4, 3);
    private static readonly float[] Image = [.. Enumerable.Range(1, 24).Select(value => (float)value)];
    private static readonly RandomKey Key = RandomKey.FromSeed(11);

    [Fact]
    public void Off_by_default_images_stay_as_they_are()
    {
        Assert.False(new ImageAugmentation().IsOn);
        Assert.All(Enumerable.Range(0, 20), place => Assert.Equal(Image, Apply(new ImageAugmentation(), place)));
    }

    [Fact]
    public void Half_of_the_images_are_flipped_left_to_right()
    {
        int flipped = 0;
        for (int place = 0; place < 1000; place++)
        {
            float[] result = Apply(new ImageAugmentation(Flip: true), place);
            bool isFlipped = result[0] != Image[0];
            Assert.Equal(isFlipped ? Crop(down: 0, right: 0, flip: true) : Image, result);
            flipped += isFlipped ? 1 : 0;
        }
        Assert.InRange(flipped, 440, 560);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_crop_of_the_padded_image_occurs_and_nothing_else(int padding)
    {
        int places = (2 * padding) + 1;
        var expected = new List<float[]>();
        for (int offset = 0; offset < places * places; offset++)
            expected.Add(Crop((offset / places) - padding, (offset % places) - padding, flip: false));
        var seen = new HashSet<int>();
        for (int place = 0; place < 3000; place++)
        {
            float[] result = Apply(new ImageAugmentation(padding), place);
            int found = expected.FindIndex(result.SequenceEqual);
            Assert.NotEqual(-1, found);
            seen.Add(found);
        }
        // Crops that show nothing of the image are all alike.
        Assert.Equal(expected.Select((crop, offset) => expected.FindIndex(crop.SequenceEqual)).Distinct().Count(), seen.Count);
    }

    [Fact]
    public void Crop_and_flip_are_drawn_independently()
    {
        var both = new ImageAugmentation(Padding: 1, Flip: true);
        var seen = new HashSet<string>();
        for (int place = 0; place < 1000; place++)
            seen.Add(string.Join(' ', Apply(both, place)));
        Assert.Equal(2 * 9, seen.Count);
    }

    [Fact]
    public void The_key_and_the_place_decide()
    {
        var augmentation = new ImageAugmentation(Padding: 2, Flip: true);
        Assert.Equal(Apply(augmentation, 3), Apply(augmentation, 3));
        var other = new float[24];
        int differing = 0;
        for (int place = 0; place < 50; place++)
        {
            augmentation.Apply(Key.Split("other"), place, Shape, Image, other);
            differing += other.SequenceEqual(Apply(augmentation, place)) ? 0 : 1;
        }
        Assert.InRange(differing, 40, 50);
    }

    [Fact]
    public void Wrong_sizes_shared_memory_and_negative_numbers_are_refused()
    {
        var augmentation = new ImageAugmentation(Padding: 1);
        var error = Assert.Throws<ArgumentException>(() => augmentation.Apply(Key, 0, Shape, Image, new float[23]));
        Assert.Contains("an image of 24 values into 23; both must be 24 (2x4x3)", error.Message, StringComparison.Ordinal);
        float[] shared = [.. Image];
        Assert.Throws<ArgumentException>(() => augmentation.Apply(Key, 0, Shape, shared, shared));
        Assert.Throws<ArgumentOutOfRangeException>(() => augmentation.Apply(Key, -1, Shape, Image, new float[24]));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new ImageAugmentation(Padding: -1).Apply(Key, 0, Shape, Image, new float[24]));
    }

    [Fact]
    public void Changing_an_image_allocates_nothing()
    {
        var augmentation = new ImageAugmentation(Padding: 2, Flip: true);
        var result = new float[24];
        Allocations.AssertNone(() => augmentation.Apply(Key, 7, Shape, Image, result));
    }

    private static float[] Apply(ImageAugmentation augmentation, int place)
    {
        var result = new float[24];
        Array.Fill(result, float.NaN);
        augmentation.Apply(Key, place, Shape, Image, result);
        return result;
    }

    /// <summary>The part of the padded image, value by value, as the definition says.</summary>
    private static float[] Crop(int down, int right, bool flip)
    {
        var result = new float[24];
        for (int i = 0; i < result.Length; i++)
        {
            var (channel, row, column) = (i / 12, i / 3 % 4, i % 3);
            int fromRow = row + down, fromColumn = (flip ? 2 - column : column) + right;
            if (fromRow is >= 0 and < 4 && fromColumn is >= 0 and < 3)
                result[i] = Image[(channel * 12) + (fromRow * 3) + fromColumn];
        }
        return result;
    }
}
