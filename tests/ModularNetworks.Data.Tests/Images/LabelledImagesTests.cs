using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

public sealed class LabelledImagesTests
{
    private static readonly ImageShape Shape = new(1, 1, 2);

    [Fact]
    public void Images_and_labels_come_back_as_they_were_given()
    {
        var images = new LabelledImages(Shape, [new byte[] { 1, 2 }, new byte[] { 3, 4 }], [1, 0], ["a", "b"]);
        Assert.Equal(2, images.Count);
        Assert.Equal([3, 4], images[1].ToArray());
        Assert.Equal([1, 0], images.Labels.ToArray());
        Assert.Equal(["a", "b"], images.Classes);
    }

    [Fact]
    public void Bytes_are_not_copied()
    {
        byte[] all = [1, 2, 3, 4];
        var images = new LabelledImages(Shape, [all.AsMemory(0, 2), all.AsMemory(2)], [0, 0], ["a"]);
        all[3] = 9;
        Assert.Equal([3, 9], images[1].ToArray());
    }

    [Fact]
    public void What_does_not_fit_together_is_refused()
    {
        byte[] image = [1, 2];
        Refuses("0 images and 0 labels", [], []);
        Refuses("1 image and 2 labels", [image], [0, 0]);
        Refuses("image 1 has 3 values; images of 1x1x2 have 2", [image, new byte[3]], [0, 0]);
        Refuses("image 0 has the label 2; labels of 2 classes are 0 to 1", [image], [2]);
        Refuses("image 0 has the label -1", [image], [-1]);
    }

    [Fact]
    public void Splits_must_agree_in_size_and_classes()
    {
        var images = new LabelledImages(Shape, [new byte[2]], [0], ["a", "b"]);
        var larger = new LabelledImages(new ImageShape(1, 2, 2), [new byte[4]], [0], ["a", "b"]);
        var other = new LabelledImages(Shape, [new byte[2]], [0], ["a", "c"]);
        Assert.Same(images, new ImageSplits(images, images).Test);
        Assert.Throws<ArgumentException>(() => new ImageSplits(images, other));
        var error = Assert.Throws<ArgumentException>(() => new ImageSplits(images, larger));
        Assert.Contains("images are 1x1x2 in 2 classes, test images 1x2x2", error.Message, StringComparison.Ordinal);
    }

    private static void Refuses(string expected, ReadOnlyMemory<byte>[] images, int[] labels)
    {
        var error = Assert.Throws<ArgumentException>(() => new LabelledImages(Shape, images, labels, ["a", "b"]));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
