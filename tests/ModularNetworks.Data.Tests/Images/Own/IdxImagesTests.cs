using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

public sealed class IdxImagesTests : IDisposable
{
    private const int Height = 3;
    private const int Width = 5;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("-", "")]
    [InlineData("-", ".gz")]
    [InlineData(".", "")]
    [InlineData(".", ".gz")]
    public void Images_stand_class_by_class_in_the_order_of_the_file(string sign, string extension)
    {
        Write("train", [10, 2, 10, 0, 2, 10], sign, extension);
        Write("t10k", [0, 10], sign, extension);
        foreach (string location in (string[])[_folder.Path, Path.Join(_folder.Path, $"train-images{sign}idx3-ubyte{extension}")])
        {
            var images = OwnImages.Load(location);
            Assert.Equal(new ImageShape(1, Height, Width), images.Train.Shape);
            // In the order of folders that are called so.
            Assert.Equal(["0", "10", "2"], images.Train.Classes);
            Assert.Equal([0, 1, 1, 1, 2, 2], images.Train.Labels.ToArray());
            Assert.Equal([3, 0, 2, 5, 1, 4], Enumerable.Range(0, 6).Select(n => images.Train[n][0] / 10));
            Assert.Equal(Image(3), images.Train[0].ToArray());
            Assert.Equal([0, 1], images.Test.Labels.ToArray());
        }
    }

    [Fact]
    public void The_same_pictures_in_folders_have_the_same_fingerprint()
    {
        byte[] train = [.. Enumerable.Range(0, 300).Select(n => (byte)(n * 7 % 12))], test = [.. train.Take(50)];
        Write("train", train);
        Write("t10k", test);
        using var folders = new TemporaryFolder();
        foreach (var (split, labels) in ((string, byte[])[])[("train", train), ("test", test)])
        {
            for (int n = 0; n < labels.Length; n++)
                folders.Write($"{split}/{labels[n]}/{n}.png", SmallPng.Of(Height, Width, Image(n)));
        }
        foreach (var wanted in (ImageShape[])[default, new(3, 0, 0), new(0, 7, 9), new(3, 2, 2), new(1, 28, 28)])
            Assert.Equal(OwnImages.Load(folders.Path, wanted).Fingerprint, OwnImages.Load(_folder.Path, wanted).Fingerprint);
        Assert.NotEqual(OwnImages.Load(_folder.Path).Fingerprint, OwnImages.Load(_folder.Path, new(3, 0, 0)).Fingerprint);
    }

    [Fact]
    public void Without_test_files_a_fifth_of_each_class_is_held_out()
    {
        Write("train", [.. Enumerable.Range(0, 40).Select(n => (byte)(n % 3 == 0 ? 1 : 0))]);
        var images = OwnImages.Load(_folder.Path);
        Assert.Equal((33, 7), (images.Train.Count, images.Test.Count));
        Assert.Equal([5, 2], Enumerable.Range(0, 2).Select(label => images.Test.Labels.Count(label)));
        var seen = new List<byte[]>();
        foreach (var split in (LabelledImages[])[images.Train, images.Test])
        {
            for (int n = 0; n < split.Count; n++)
                seen.Add(split[n].ToArray());
        }
        Assert.Equal(Enumerable.Range(0, 40).Select(n => Convert.ToHexString(Image(n))).Order(), seen.Select(Convert.ToHexString).Order());
    }

    [Fact]
    public void Files_that_do_not_fit_are_refused_with_one_line()
    {
        _folder.Write("train-images-idx3-ubyte", SmallIdx.Of(new byte[4 * 15], 4, Height, Width));
        Refuses("the file train-labels-idx1-ubyte (or with .gz) is missing beside the other idx files");
        Labels(SmallIdx.Of([0, 1, 0], 3));
        Refuses("train-labels-idx1-ubyte: has the sizes 3; expected are 4.");
        Labels(SmallIdx.Of([0, 1, 0, 1], 4)[..^1]);
        Refuses("train-labels-idx1-ubyte: has 3 bytes; expected are 4 bytes after its sizes.");
        Labels([.. SmallIdx.Of([0, 1, 0, 1], 4), 9]);
        Refuses("train-labels-idx1-ubyte: has more than 4 bytes; expected are 4");
        Labels(SmallIdx.Of([0, 0, 0, 0], 4));
        Refuses("train-labels-idx1-ubyte: all images have the label 0; at least two classes are needed");
        Labels(SmallIdx.Of([0, 0, 0, 1], 4));
        Refuses("train-labels-idx1-ubyte: one image has the label 1; a class needs at least 2");
        Labels(SmallIdx.Packed(SmallIdx.Of([0, 1, 0, 1], 4))[..^4]);
        Refuses("train-labels-idx1-ubyte: cannot be read: It ends before its checksum");
        Labels(SmallIdx.Of([0, 1, 0, 1], 4));
        _folder.Write("t10k-images-idx3-ubyte", SmallIdx.Of(new byte[15], 1, Height, Width));
        Refuses("the file t10k-labels-idx1-ubyte (or with .gz) is missing");
        _folder.Write("t10k-labels-idx1-ubyte", SmallIdx.Of([7], 1));
        Refuses("t10k-labels-idx1-ubyte: image 0 has the label 7, a class without training images; those with are 0, 1");
        _folder.Write("train-images-idx3-ubyte", SmallIdx.Of([], int.MaxValue, 16_384, 7000));
        Refuses("images of 1x16384x7000 take");
        _folder.Write("train-images-idx3-ubyte", SmallIdx.Of([], 1, 1, 20_000));
        Refuses("has 20000 x 1 pixels");
        _folder.Write("train-images-idx3-ubyte", SmallIdx.Of([], 0, 1, 1));
        Refuses("has the sizes 0 x 1 x 1; expected are numbers above 0");
        _folder.Write("train-images-idx3-ubyte", "text");
        Refuses("train-images-idx3-ubyte: has a beginning of 74657874; expected are 00000803");

        void Labels(byte[] file) => _folder.Write("train-labels-idx1-ubyte", file);
    }

    private void Write(string split, byte[] labels, string sign = "-", string extension = "")
    {
        byte[] images = SmallIdx.Of([.. Enumerable.Range(0, labels.Length).SelectMany(Image)], labels.Length, Height, Width);
        byte[] numbers = SmallIdx.Of(labels, labels.Length);
        _folder.Write($"{split}-images{sign}idx3-ubyte{extension}", extension.Length > 0 ? SmallIdx.Packed(images) : images);
        _folder.Write($"{split}-labels{sign}idx1-ubyte{extension}", extension.Length > 0 ? SmallIdx.Packed(numbers) : numbers);
    }

    private void Refuses(string expected)
    {
        var error = Assert.Throws<DataException>(() => OwnImages.Load(_folder.Path));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static byte[] Image(int n) => [.. Enumerable.Range(0, Height * Width).Select(i => (byte)((n * 10) + (i * i)))];
}
