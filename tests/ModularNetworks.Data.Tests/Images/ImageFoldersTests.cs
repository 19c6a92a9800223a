using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

public sealed class ImageFoldersTests
{
    [Fact]
    public void Pixels_come_channel_first_and_unchanged_if_the_size_fits()
    {
        SystemTools.NeedImageMagick();
        using var folder = new TemporaryFolder();
        byte[] pixels = [.. Enumerable.Range(0, 4 * 3 * 3).Select(value => (byte)(value * 7))];
        WriteSplits(folder, SmallPng.Of(4, 3, pixels));
        var images = ImageFolders.Load(folder.Path, height: 4, width: 3);
        Assert.Equal(new ImageShape(3, 4, 3), images.Train.Shape);
        Assert.Equal(["a", "b"], images.Test.Classes);
        Assert.Equal([0, 1], images.Test.Labels.ToArray());
        Assert.Equal(Enumerable.Range(0, 36).Select(i => pixels[(i % 12 * 3) + (i / 12)]), images.Train[0].ToArray());
    }

    [Fact]
    public void The_splits_of_one_folder_are_its_files()
    {
        SystemTools.NeedImageMagick();
        using var folder = new TemporaryFolder();
        for (byte n = 0; n < 5; n++)
        {
            folder.Write($"a/{n}.png", SmallPng.OfColour(1, 1, n, 0, 0));
            folder.Write($"b/{n}.png", SmallPng.OfColour(1, 1, n, 1, 0));
        }
        var images = ImageFolders.Load(folder.Path, height: 1, width: 1);
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
        SystemTools.NeedImageMagick();
        using var folder = new TemporaryFolder();
        WriteSplits(folder, SmallPng.OfColour(1, 1, 1, 2, 3));
        string before = ImageFolders.Load(folder.Path, height: 1, width: 1).Fingerprint;
        folder.Write("val/b/1.png", SmallPng.OfColour(1, 1, 4, 5, 6));
        var images = ImageFolders.Load(folder.Path, height: 1, width: 1);
        Assert.Equal([4, 5, 6], images.Valid![0].ToArray());
        Assert.Equal([1], images.Valid.Labels.ToArray());
        Assert.NotEqual(before, images.Fingerprint);
    }

    [Fact]
    public void Images_that_would_fill_the_memory_are_refused_before_they_are_read()
    {
        var shape = new ImageShape(3, 32, 32);
        ImageFolders.CheckMemory("folder", (4L << 30) / 3072, shape);
        var error = Assert.Throws<DataException>(() => ImageFolders.CheckMemory("folder", ((4L << 30) / 3072) + 1, shape));
        Assert.StartsWith(
            "folder: 1398102 images of 3x32x32 take 4294969344 bytes; at most 4294967296 (4 GiB)",
            error.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 32)]
    [InlineData(32, 0)]
    [InlineData(1025, 32)]
    [InlineData(32, 1025)]
    public void Sizes_out_of_range_are_refused(int height, int width) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageFolders.Load("folder", height, width));

    private static void WriteSplits(TemporaryFolder folder, byte[] image)
    {
        foreach (string name in (string[])["train/a/1.png", "train/b/1.png", "test/a/1.png", "test/b/1.png"])
            folder.Write(name, image);
    }
}
