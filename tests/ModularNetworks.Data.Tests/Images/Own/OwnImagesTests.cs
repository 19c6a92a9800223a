using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

public sealed class OwnImagesTests
{
    [Fact]
    public void Pixels_come_channel_first_and_unchanged_if_the_size_fits()
    {
        using var folder = new TemporaryFolder();
        byte[] pixels = [.. Enumerable.Range(0, 4 * 3 * 3).Select(value => (byte)(value * 7))];
        WriteSplits(folder, SmallPng.Of(4, 3, pixels));
        var images = OwnImages.Load(folder.Path);
        Assert.Equal(new ImageShape(3, 4, 3), images.Train.Shape);
        Assert.Equal(["a", "b"], images.Test.Classes);
        Assert.Equal([0, 1], images.Test.Labels.ToArray());
        Assert.Equal(Enumerable.Range(0, 36).Select(i => pixels[(i % 12 * 3) + (i / 12)]), images.Train[0].ToArray());
    }

    [Fact]
    public void The_splits_of_one_folder_are_its_files()
    {
        using var folder = new TemporaryFolder();
        for (byte n = 0; n < 5; n++)
        {
            folder.Write($"a/{n}.png", SmallPng.OfColour(1, 1, n, 0, 0));
            folder.Write($"b/{n}.png", SmallPng.OfColour(1, 1, n, 1, 0));
        }
        var images = OwnImages.Load(folder.Path);
        Assert.Equal((8, 2), (images.Train.Count, images.Test.Count));
        var seen = new List<(byte, byte, int)>();
        foreach (var split in (LabelledImages[])[images.Train, images.Test])
        {
            for (int n = 0; n < split.Count; n++)
                seen.Add((split[n][0], split[n][1], split.Labels[n]));
        }
        Assert.Equal(
            Enumerable.Range(0, 10).Select(i => ((byte)(i % 5), (byte)(i / 5), i / 5)),
            seen.OrderBy(image => image.Item3).ThenBy(image => image.Item1));
    }

    [Fact]
    public void Validation_images_are_a_split_and_count_for_the_fingerprint()
    {
        using var folder = new TemporaryFolder();
        WriteSplits(folder, SmallPng.OfColour(1, 1, 1, 2, 3));
        string before = OwnImages.Load(folder.Path).Fingerprint;
        folder.Write("val/b/1.png", SmallPng.OfColour(1, 1, 4, 5, 6));
        var images = OwnImages.Load(folder.Path);
        Assert.Equal([4, 5, 6], images.Valid![0].ToArray());
        Assert.Equal([1], images.Valid.Labels.ToArray());
        Assert.NotEqual(before, images.Fingerprint);
    }

    [Fact]
    public void Images_that_would_fill_the_memory_are_refused_before_they_are_read()
    {
        var shape = new ImageShape(3, 32, 32);
        OwnImages.CheckMemory("folder", (4L << 30) / 3072, shape);
        var error = Assert.Throws<DataException>(() => OwnImages.CheckMemory("folder", ((4L << 30) / 3072) + 1, shape));
        Assert.StartsWith(
            "folder: 1398102 images of 3x32x32 take 4294969344 bytes; at most 4294967296 (4 GiB)",
            error.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 0, 32)]
    [InlineData(3, 32, 0)]
    [InlineData(3, 1025, 32)]
    [InlineData(3, 32, -1)]
    [InlineData(2, 32, 32)]
    public void Sizes_out_of_range_are_refused(int channels, int height, int width) =>
        Assert.Throws<ArgumentException>(() => OwnImages.Load("folder", new ImageShape(channels, height, width)));

    [Fact]
    public void Small_pictures_of_one_size_keep_it_and_others_get_the_usual_one()
    {
        using var folder = new TemporaryFolder();
        WriteSplits(folder, SmallPng.OfColour(64, 48, 1, 2, 3));
        Assert.Equal(new ImageShape(3, 64, 48), OwnImages.Load(folder.Path).Train.Shape);
        folder.Write("test/a/1.png", SmallPng.OfColour(65, 65, 1, 2, 3));
        Assert.Equal(new ImageShape(3, 64, 48), OwnImages.Load(folder.Path).Train.Shape);
        folder.Write("train/a/2.png", SmallPng.OfColour(64, 47, 1, 2, 3));
        Assert.Equal(new ImageShape(3, 32, 32), OwnImages.Load(folder.Path).Train.Shape);
        Assert.Equal(new ImageShape(3, 20, 30), OwnImages.Load(folder.Path, new ImageShape(0, 20, 30)).Train.Shape);
        WriteSplits(folder, SmallPng.OfColour(65, 48, 1, 2, 3));
        File.Delete(Path.Join(folder.Path, "train", "a", "2.png"));
        Assert.Equal(new ImageShape(3, 32, 32), OwnImages.Load(folder.Path).Train.Shape);
    }

    [Fact]
    public void Grey_training_pictures_make_grey_images_unless_colour_is_asked_for()
    {
        using var folder = new TemporaryFolder();
        WriteSplits(folder, SmallPng.OfColour(1, 1, 77));
        folder.Write("train/a/2.png", SmallPng.OfColour(1, 1, 50, 50, 50));
        folder.Write("test/a/1.png", SmallPng.OfColour(1, 1, 200, 100, 50));
        var grey = OwnImages.Load(folder.Path);
        Assert.Equal(new ImageShape(1, 1, 1), grey.Train.Shape);
        Assert.Equal([124], grey.Test[0].ToArray());
        var colour = OwnImages.Load(folder.Path, new ImageShape(3, 0, 0));
        Assert.Equal([77, 77, 77], colour.Train[0].ToArray());
        Assert.Equal([200, 100, 50], colour.Test[0].ToArray());
        folder.Write("train/a/2.png", SmallPng.OfColour(1, 1, 50, 50, 51));
        Assert.Equal(new ImageShape(3, 1, 1), OwnImages.Load(folder.Path).Train.Shape);
        Assert.Equal(new ImageShape(1, 1, 1), OwnImages.Load(folder.Path, new ImageShape(1, 0, 0)).Train.Shape);
    }

    private static void WriteSplits(TemporaryFolder folder, byte[] image)
    {
        foreach (string name in (string[])["train/a/1.png", "train/b/1.png", "test/a/1.png", "test/b/1.png"])
            folder.Write(name, image);
    }
}
