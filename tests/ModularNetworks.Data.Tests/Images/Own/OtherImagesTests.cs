using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

public sealed class OtherImagesTests : IDisposable
{
    private static readonly ImageForm Form = new(new ImageShape(1, 2, 2), ["a", "b", "test"]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_with_some_of_the_classes_is_one_part()
    {
        // A class may be called as a split.
        foreach (string name in (string[])["b/1.png", "test/10.png", "test/2.png"])
            _folder.Write(name, SmallPng.OfColour(3, 3, 9, 9, 9));
        _folder.Write("b/notes.txt", [1]);
        var images = OtherImages.Find(_folder.Path, Form);
        Assert.Equal([OtherImages.Whole], images.Parts);
        var read = images.Read(OtherImages.Whole);
        Assert.Equal((Form.Shape, 3), (read.Shape, read.Count));
        Assert.Equal([1, 2, 2], read.Labels.ToArray());
        Assert.Equal([9, 9, 9, 9], read[0].ToArray());
        Assert.Equal(Form.Classes, read.Classes);
    }

    [Fact]
    public void Folders_of_splits_are_parts()
    {
        _folder.Write("Validation/a/1.png", SmallPng.OfColour(1, 1, 1, 1, 1));
        _folder.Write("TRAIN/b/1.png", SmallPng.OfColour(1, 1, 2, 2, 2));
        var images = OtherImages.Find(_folder.Path, Form);
        Assert.Equal(["train", "valid"], images.Parts);
        Assert.Equal([1], images.Read("train").Labels.ToArray());
        Assert.Equal([1, 1, 1, 1], images.Read("valid")[0].ToArray());
        Assert.Throws<ArgumentException>(() => images.Read("test"));
    }

    [Fact]
    public void Idx_files_are_parts_and_get_the_size_and_white_of_the_training()
    {
        _folder.Write("t10k-images-idx3-ubyte", SmallIdx.Of([0, 255, 128, 8, 0, 255, 128, 8], 2, 2, 2));
        _folder.Write("t10k-labels-idx1-ubyte", SmallIdx.Of([1, 0], 2));
        var form = new ImageForm(new ImageShape(3, 2, 2), ["0", "1"], White: 16);
        var images = OtherImages.Find(_folder.Path, form);
        Assert.Equal(["test"], images.Parts);
        var read = images.Read("test");
        Assert.Equal([0, 1], read.Labels.ToArray());
        Assert.Equal([0, 16, 8, 1, 0, 16, 8, 1, 0, 16, 8, 1], read[0].ToArray());
        Assert.Equal(16, read.White);
        Assert.Equal(["test"], OtherImages.Find(Path.Join(_folder.Path, "t10k-images-idx3-ubyte"), form).Parts);
    }

    [Fact]
    public void What_cannot_be_measured_is_told_in_one_line()
    {
        _folder.Write("other/a/1.png", SmallPng.OfColour(1, 1, 1, 1, 1));
        _folder.Write("other/c/1.png", SmallPng.OfColour(1, 1, 1, 1, 1));
        _folder.Write("empty/a/notes.txt", [1]);
        _folder.Write("idx/train-images-idx3-ubyte", SmallIdx.Of([0], 1, 1, 1));
        _folder.Write("file.png", SmallPng.OfColour(1, 1, 1, 1, 1));
        Assert.Contains("c: is a class without training images; the classes of the training are a, b, test.", Refusal("other"), StringComparison.Ordinal);
        Assert.Contains("a: has 0 image files", Refusal("empty"), StringComparison.Ordinal);
        Assert.Contains("train-labels-idx1-ubyte (or with .gz) is missing", Refusal("idx"), StringComparison.Ordinal);
        Assert.Contains("file.png: is no folder of images and no idx file", Refusal("file.png"), StringComparison.Ordinal);
        Assert.Contains("none: is no folder of images", Refusal("none"), StringComparison.Ordinal);
    }

    private string Refusal(string name) => Assert.Throws<DataException>(() =>
    {
        var images = OtherImages.Find(Path.Join(_folder.Path, name), Form);
        images.Read(images.Parts[0]);
    }).Message;
}
