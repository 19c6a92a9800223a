namespace ModularNetworks.Data.Tests;

public sealed class PictureFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_pictures_below_a_folder_come_in_the_order_of_their_names()
    {
        foreach (string name in (string[])["10.png", "2.JPG", "a/x.webp", "a/b/y.gif", "b.bmp", "c.jpeg", "notes.txt", ".hidden.png", ".git/1.png"])
            _folder.Write(name, [1]);
        if (!OperatingSystem.IsWindows())
            Directory.CreateSymbolicLink(Path.Join(_folder.Path, "loop"), _folder.Path);
        string[] found = [.. PictureFiles.Of(_folder.Path).Select(file => Path.GetRelativePath(_folder.Path, file.Path).Replace('\\', '/'))];
        Assert.Equal(["2.JPG", "10.png", "a/b/y.gif", "a/x.webp", "b.bmp", "c.jpeg"], found);
    }

    [Fact]
    public void A_file_is_taken_whatever_it_is_called_and_need_not_be_there() =>
        Assert.Equal([("none.txt", null)], PictureFiles.Of("none.txt"));

    [Fact]
    public void A_folder_without_pictures_and_an_empty_name_are_problems()
    {
        _folder.Write("notes.txt", [1]);
        var (path, problem) = Assert.Single(PictureFiles.Of(_folder.Path));
        Assert.Equal(_folder.Path, path);
        Assert.StartsWith($"{_folder.Path}: has no picture files (.png, ", problem!.Message, StringComparison.Ordinal);
        Assert.Contains("is empty", Assert.Single(PictureFiles.Of("")).Problem!.Message, StringComparison.Ordinal);
    }
}
