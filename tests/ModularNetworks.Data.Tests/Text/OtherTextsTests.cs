namespace ModularNetworks.Data.Tests;

public sealed class OtherTextsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TextUnit.Character)]
    [InlineData(TextUnit.Word)]
    [InlineData(TextUnit.Bpe)]
    public void Parts_of_a_folder_are_the_numbers_of_the_training(TextUnit unit)
    {
        foreach (string part in (string[])["train", "valid", "test"])
            _folder.Write($"own/{part}.txt", string.Concat(Enumerable.Repeat($"to be or {part} to be\r\n", 5)));
        var corpus = PlainText.Load(Path.Join(_folder.Path, "own"), new PlainTextSettings { Unit = unit });
        var texts = OtherTexts.Find(Path.Join(_folder.Path, "own"), corpus.Encoding);
        Assert.Equal(["train", "valid", "test"], texts.Parts);
        Assert.Equal(corpus.Valid.ToArray(), texts.Read("valid").Ids.ToArray());
        Assert.Equal(corpus.Test.ToArray(), texts.Read("test").Ids.ToArray());
        Assert.Equal(corpus.Characters!.Test, texts.Read("test").Characters);
        Assert.Throws<ArgumentException>(() => texts.Read("data"));
    }

    [Fact]
    public void Files_of_a_folder_are_one_text_in_the_order_of_their_names()
    {
        _folder.Write("own.txt", "abcab");
        _folder.Write("other/2.txt", "cc");
        _folder.Write("other/1.txt", "ab");
        _folder.Write("other/.0.txt", "aa");
        var encoding = Encoding("abc", isUnknown: false);
        var texts = OtherTexts.Find(Path.Join(_folder.Path, "other"), encoding);
        Assert.Equal([OtherTexts.Whole], texts.Parts);
        Assert.Equal([0, 1, 2, 2], texts.Read(OtherTexts.Whole).Ids.ToArray());
    }

    [Fact]
    public void What_is_unknown_is_counted_or_refused_by_its_line()
    {
        _folder.Write("other.txt", "ab\r\na\nbxa\nyx");
        var text = OtherTexts.Find(Path.Join(_folder.Path, "other.txt"), Encoding("ab\n", isUnknown: true)).Read(OtherTexts.Whole);
        Assert.Equal((3, 11, 11), (text.Unknown, text.Ids.Length, text.Characters));
        var refused = OtherTexts.Find(Path.Join(_folder.Path, "other.txt"), Encoding("ab\n", isUnknown: false));
        Assert.StartsWith(
            $"{Path.Join(_folder.Path, "other.txt")}: line 3 has the character 'x', which is not among the 3 characters of the training text",
            Assert.Throws<DataException>(() => refused.Read(OtherTexts.Whole)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_without_texts_is_refused()
    {
        Directory.CreateDirectory(Path.Join(_folder.Path, "empty"));
        var encoding = Encoding("ab", isUnknown: false);
        Assert.Contains("no such file or folder", Assert.Throws<DataException>(() => OtherTexts.Find(Path.Join(_folder.Path, "none"), encoding)).Message, StringComparison.Ordinal);
        Assert.Contains("has no files", Assert.Throws<DataException>(() => OtherTexts.Find(Path.Join(_folder.Path, "empty"), encoding)).Message, StringComparison.Ordinal);
    }

    private static TextEncoding Encoding(string characters, bool isUnknown) => new(
        TextUnit.Character, Vocabulary.FromOrderedWords([.. characters.Select(letter => letter.ToString()), .. isUnknown ? (string[])[Vocabulary.Unknown] : []]));
}
