namespace ModularNetworks.Data.Tests;

public sealed class ImageListingTests
{
    [Fact]
    public void Classes_stand_in_ordinal_order_and_files_in_that_of_their_numbers()
    {
        using var folder = new TemporaryFolder();
        foreach (string split in (string[])["train", "test"])
            Write(folder, $"{split}/b/2.png", $"{split}/b/10.png", $"{split}/a/x.jpg", $"{split}/B/y.JPEG", $"{split}/B/Z.Png");
        var listing = ImageListing.Of(folder.Path);
        Assert.Equal(["B", "a", "b"], listing.Classes);
        string[] expected = ["B/Z.Png 0", "B/y.JPEG 0", "a/x.jpg 1", "b/2.png 2", "b/10.png 2"];
        Assert.Equal(expected, Names(listing.Train, Path.Join(folder.Path, "train")));
        Assert.Equal(expected, Names(listing.Test, Path.Join(folder.Path, "test")));
    }

    [Fact]
    public void Other_files_hidden_ones_and_deeper_folders_are_passed_over()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "a/1.png", "a/2.png", "a/._1.png", "a/notes.txt", "a/deeper/3.png", "b/1.png", "b/2.png");
        Write(folder, ".cache/1.png", "readme.png");
        var listing = ImageListing.Of(folder.Path);
        Assert.Equal(["a", "b"], listing.Classes);
        Assert.Equal(
            ["a/1.png 0", "a/2.png 0", "b/1.png 1", "b/2.png 1"],
            Names([.. listing.Train, .. listing.Test], folder.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Without_given_splits_a_fifth_of_each_class_is_held_out()
    {
        using var folder = new TemporaryFolder();
        Write(folder, [.. Enumerable.Range(0, 50).Select(n => $"many/{n}.png")]);
        Write(folder, [.. Enumerable.Range(0, 9).Select(n => $"some/{n}.png")]);
        Write(folder, "two/0.png", "two/1.png");
        var listing = ImageListing.Of(folder.Path);
        Assert.Equal([10, 1, 1], Enumerable.Range(0, 3).Select(label => listing.Test.Count(file => file.Label == label)));
        Assert.Equal([40, 8, 1], Enumerable.Range(0, 3).Select(label => listing.Train.Count(file => file.Label == label)));
        Assert.Empty(listing.Train.Intersect(listing.Test));
    }

    [Fact]
    public void What_is_held_out_depends_on_names_only_and_hardly_on_the_others()
    {
        using TemporaryFolder folder = new(), other = new();
        Write(folder, [.. Enumerable.Range(0, 50).Select(n => $"a/{n}.png")]);
        Write(other, [.. Enumerable.Range(0, 50).Reverse().Select(n => $"a/{n}.png")]);
        foreach (var each in (TemporaryFolder[])[folder, other])
            Write(each, "b/0.png", "b/1.png");
        string[] held = Names(ImageListing.Of(folder.Path).Test, folder.Path);
        Assert.Equal(held, Names(ImageListing.Of(other.Path).Test, other.Path));
        Write(other, "a/new.png");
        Assert.InRange(Names(ImageListing.Of(other.Path).Test, other.Path).Intersect(held).Count(), 10, 11);
    }

    [Fact]
    public void A_class_called_train_is_a_class_if_there_is_no_test()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "train/1.png", "train/2.png", "plane/1.png", "plane/2.png");
        Assert.Equal(["plane", "train"], ImageListing.Of(folder.Path).Classes);
    }

    [Theory]
    [InlineData("val")]
    [InlineData("valid")]
    [InlineData("validation")]
    [InlineData("Val")]
    public void Validation_images_without_test_images_are_the_test_split(string name)
    {
        using var folder = new TemporaryFolder();
        Write(folder, "train/cat/1.png", "train/dog/1.png", $"{name}/cat/2.png", $"{name}/dog/2.png");
        var listing = ImageListing.Of(folder.Path);
        Assert.Equal(["cat", "dog"], listing.Classes);
        Assert.Equal(["cat/1.png 0", "dog/1.png 1"], Names(listing.Train, Path.Join(folder.Path, "train")));
        Assert.Equal(["cat/2.png 0", "dog/2.png 1"], Names(listing.Test, Path.Join(folder.Path, name)));
        Assert.Null(listing.Valid);
    }

    [Fact]
    public void Held_out_splits_may_have_fewer_classes_than_training_images()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "Train/a/1.png", "Train/b/1.png", "Train/c/1.png", "valid/a/1.png", "valid/c/1.png", "Test/b/1.png");
        var listing = ImageListing.Of(folder.Path);
        Assert.Equal(["a", "b", "c"], listing.Classes);
        Assert.Equal(["a/1.png 0", "c/1.png 2"], Names(listing.Valid!, Path.Join(folder.Path, "valid")));
        Assert.Equal(["b/1.png 1"], Names(listing.Test, Path.Join(folder.Path, "Test")));
    }

    [Theory]
    [InlineData("val/a/1.png test/a/1.png", "has the folders val and test, but none called train")]
    [InlineData("train/a/1.png train/b/1.png val/a/1.png valid/a/1.png", "has the folders val and valid; one at most is expected")]
    [InlineData("train/a/1.png train/b/1.png test/a/1.png val/c/1.png", "val/c: is a class without training images; the classes of")]
    [InlineData("train/a/1.png train/b/1.png test/1.png", "test: has 0 folders; at least one is expected, one a class")]
    [InlineData("a\u0001/1.png b/1.png", "the name of the folder 'a?' has control characters")]
    public void Splits_that_do_not_fit_are_refused(string files, string expected)
    {
        using var folder = new TemporaryFolder();
        Write(folder, files.Split(' '));
        Refuses(folder.Path, expected);
    }

    [Fact]
    public void What_cannot_be_used_is_refused_with_its_place()
    {
        using var folder = new TemporaryFolder();
        Refuses(Path.Join(folder.Path, "none"), "cannot be read as a folder of images");
        Write(folder, "a/1.png");
        Refuses(Path.Join(folder.Path, "a", "1.png"), "is a file; a folder is expected");
        Refuses(folder.Path, "has 1 folder; at least two are expected, one a class");
        Write(folder, "b/1.tiff");
        Refuses(folder.Path, "a: has 1 image files (.png, .jpg, .jpeg, .webp, .gif, .bmp); a class needs at least 2");
        Write(folder, "a/2.png");
        Refuses(folder.Path, "b: has 0 image files");
        Write(folder, "train/a/1.png", "train/b/1.png", "test/a/1.png", "test/c/1.png");
        Refuses(folder.Path, "c: is a class without training images; the classes of");
    }

    private static void Write(TemporaryFolder folder, params string[] names)
    {
        foreach (string name in names)
            folder.Write(name, "");
    }

    private static string[] Names(IEnumerable<ImageFile> files, string folder) =>
        [.. files.Select(file => $"{Path.GetRelativePath(folder, file.Path).Replace('\\', '/')} {file.Label}")];

    private static void Refuses(string folder, string expected)
    {
        var error = Assert.Throws<DataException>(() => ImageListing.Of(folder));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
