namespace ModularNetworks.Data.Tests;

public sealed class PlainTextRefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\uFEFF", "is empty")]
    [InlineData("abababababababababa", "the number of bytes is 19; at least 20 are needed")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaa", "one character over and over")]
    [InlineData("ab\nc\0d", "line 2 has a zero byte")]
    [InlineData("\n\r\n\r\n\r\r\r\n\n\r\r\n\n\n\r\r\n\n\r\n\n\r\r\n\n", "holds no words")]
    [InlineData(" \t \n\n \t\u2028 \n\t\t\n  \n \t \n\n \t \n\t\t\n  \n", "holds no words")]
    public void A_file_that_cannot_be_learnt_from_is_refused(string text, string expected) =>
        AssertRefused(_folder.Write("a.txt", text), expected);

    [Theory]
    [InlineData("    \t \r ", "holds no words")]
    [InlineData("\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n", "holds no words")]
    public void So_is_one_without_words(string text, string expected) =>
        AssertRefused(_folder.Write("a.txt", text), expected, TextUnit.Word);

    [Fact]
    public void A_text_of_few_words_is_not_cut_by_words()
    {
        var settings = new PlainTextSettings { Unit = TextUnit.Word, Split = new() { Kind = TextSplitKind.Units } };
        AssertRefused(_folder.Write("a.txt", "a b c d e f"), "the number of words is 7; at least 20 are needed", settings);
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_named_with_their_line()
    {
        AssertRefused(_folder.Write("a.txt", [.. "ab\nc"u8, 0xC3, 0x28]), "line 2 is not valid UTF-8 text (bytes C328)");
        AssertRefused(_folder.Write("b.txt", [.. "ab\nc"u8, 0xE2, 0x82]), "line 2 is not valid UTF-8 text (bytes E282)");
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0 }, ": is UTF-16 text. Save it as UTF-8, for example by 'iconv -f UTF-16 -t UTF-8'.")]
    [InlineData(new byte[] { 0xFE, 0xFF, 0, 0x61 }, ": is UTF-16 text. ")]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0 }, ": is compressed by gzip. Unpack it, for example by gunzip; texts are read as UTF-8.")]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4 }, ": is a ZIP archive, or a document or workbook of an office program. Unpack it, or save it as text or CSV; texts are read as UTF-8.")]
    public void Files_that_are_known_to_be_no_UTF_8_are_told_by_their_kind(byte[] file, string expected) => AssertRefused(_folder.Write("a.txt", file), expected);

    [Fact]
    public void A_path_without_a_file_is_refused() => AssertRefused(Path.Join(_folder.Path, "none"), "no such file or folder");

    [Fact]
    public void A_folder_needs_one_file_for_each_part()
    {
        _folder.Write("a.train.txt", "ab");
        _folder.Write("a.valid.txt", "ab");
        AssertRefused(_folder.Path, "no file has test in its name");
        _folder.Write("latest.txt", "ab");
        _folder.Write("test.txt", "ab");
        AssertRefused(_folder.Path, "2 files have test in their names, such as latest.txt and test.txt");
    }

    [Fact]
    public void A_file_is_not_two_parts()
    {
        _folder.Write("train-test.txt", "ab");
        _folder.Write("valid.txt", "ab");
        AssertRefused(_folder.Path, "two of train, valid and test in its name");
    }

    [Fact]
    public void An_empty_part_is_named()
    {
        _folder.Write("train.txt", "ab");
        string valid = _folder.Write("valid.txt", "");
        _folder.Write("test.txt", "ab");
        AssertRefused(_folder.Path, $"{valid}: is empty");
    }

    [Fact]
    public void Settings_that_do_not_fit_are_refused()
    {
        string path = _folder.Write("a.txt", string.Concat(Enumerable.Repeat("some text\n", 20)));
        var units = new TextSplit { Kind = TextSplitKind.Units };
        Assert.Throws<ArgumentException>(() => PlainText.Load(path, new() { Unit = TextUnit.Bpe, Split = units }));
        Assert.Throws<ArgumentOutOfRangeException>(() => PlainText.Load(path, new() { Unit = TextUnit.Bpe, Vocabulary = 255 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => PlainText.Load(path, new() { Split = new() { ValidShare = 0.5, TestShare = 0.5 } }));
        Assert.Throws<ArgumentOutOfRangeException>(() => PlainText.Load(path, new() { Split = new() { TestShare = double.NaN } }));
    }

    private static void AssertRefused(string path, string expected, TextUnit unit) => AssertRefused(path, expected, new PlainTextSettings { Unit = unit });

    private static void AssertRefused(string path, string expected, PlainTextSettings? settings = null)
    {
        var error = Assert.Throws<DataException>(() => PlainText.Load(path, settings));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
