namespace ModularNetworks.Experiments.Tests;

public sealed class ComparedKindTests
{
    [Theory]
    [InlineData("prices.csv", "table")]
    [InlineData("prices.TSV", "table")]
    [InlineData("prices.csv.gz", "table")]
    [InlineData("prices.parquet", "table")]
    [InlineData("train-images-idx3-ubyte.gz", "images")]
    [InlineData("cat.png", "images")]
    [InlineData("book.txt", "text")]
    [InlineData("book", "text")]
    public void A_file_is_known_by_its_name(string name, string kind) => Assert.Equal(kind, ComparedKind.Find(name).Kind.Name);

    [Theory]
    [InlineData("train.txt", "text")]
    [InlineData("cats/1.png", "images")]
    [InlineData("train/cats/1.JPG", "images")]
    [InlineData("train-labels-idx1-ubyte", "images")]
    [InlineData("1.png", "images")]
    [InlineData("train/1.png", "images")]
    [InlineData("one.csv", "table")]
    [InlineData("one.parquet", "table")]
    [InlineData("chapters/1.txt", "text")]
    [InlineData("cats/notes.txt", "text")]
    public void A_folder_is_known_by_the_names_in_it(string name, string kind)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        File.WriteAllText(folder[name], "");
        Assert.Equal(kind, ComparedKind.Find(folder.Path).Kind.Name);
    }

    [Fact]
    public void Texts_with_a_picture_beside_them_are_texts()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["book.txt"], "");
        File.WriteAllText(folder["cover.png"], "");
        Assert.Equal("text", ComparedKind.Find(folder.Path).Kind.Name);
    }
}
