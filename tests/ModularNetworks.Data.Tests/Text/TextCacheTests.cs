namespace ModularNetworks.Data.Tests;

public sealed class TextCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _encoded;

    public void Dispose() => _folder.Dispose();

    private string Kept => Path.Join(_folder.Path, "kept");

    [Theory]
    [InlineData(TextUnit.Character)]
    [InlineData(TextUnit.Word)]
    [InlineData(TextUnit.Bpe)]
    public void A_text_that_is_kept_is_the_same_and_is_encoded_once(TextUnit unit)
    {
        string path = WriteText();
        var expected = PlainText.Load(path, new() { Unit = unit });
        for (int time = 0; time < 2; time++)
        {
            var corpus = Load(path, unit);
            Assert.Equal(1, _encoded);
            Assert.Equal(expected.Fingerprint, corpus.Fingerprint);
            Assert.Equal(expected.Train.ToArray(), corpus.Train.ToArray());
            Assert.Equal((expected.Characters, expected.Encoding.Start), (corpus.Characters, corpus.Encoding.Start));
            Assert.Equal(expected.Encoding.Merges, corpus.Encoding.Merges);
        }
    }

    [Fact]
    public void Windows_are_read_from_the_file()
    {
        string path = WriteText();
        var (expected, corpus) = (PlainText.Load(path), Load(path));
        int[] windows = [7, 0, 100];
        var (fromMemory, fromFile) = (new int[2 * 3 * 10], new int[2 * 3 * 10]);
        new WindowedText(expected.Train, 3, 1500, 10).CopyTo(windows, fromMemory.AsSpan(0, 30), fromMemory.AsSpan(30));
        new WindowedText(corpus.Train, 3, 1500, 10).CopyTo(windows, fromFile.AsSpan(0, 30), fromFile.AsSpan(30));
        Assert.Equal(fromMemory, fromFile);
        Assert.Equal(expected.Train.ToArray()[73..83], Enumerable.Range(0, 10).Select(step => fromFile[step * windows.Length]));
        Assert.Throws<ArgumentOutOfRangeException>(() => corpus.Train.CopyTo(corpus.Train.Length - 1, new int[2]));
    }

    [Fact]
    public void Another_text_unit_or_cut_is_another_file()
    {
        string path = WriteText();
        Load(path);
        Load(path, TextUnit.Word);
        PlainText.Load(path, new() { Split = new() { Kind = TextSplitKind.Ordered }, Cache = Cache() });
        File.AppendAllText(path, "more\n");
        Load(path);
        Assert.Equal((4, 4), (_encoded, Directory.GetFiles(Kept).Length));
    }

    [Fact]
    public void A_short_text_is_not_kept()
    {
        PlainText.Load(WriteText(), new() { Cache = new TextCache(Kept) });
        Assert.False(Directory.Exists(Kept));
    }

    [Fact]
    public void A_damaged_file_is_made_again()
    {
        string path = WriteText();
        string expected = Load(path).Fingerprint, file = Directory.GetFiles(Kept).Single();
        byte[] whole = File.ReadAllBytes(file);
        foreach (int place in (int[])[0, 100, whole.Length - 300, whole.Length - 20, whole.Length - 1])
        {
            byte[] changed = [.. whole];
            changed[place] ^= 4;
            File.WriteAllBytes(file, changed);
            Assert.Equal(expected, Load(path).Fingerprint);
        }
        foreach (int length in (int[])[0, 10, whole.Length / 2, whole.Length - 1])
        {
            File.WriteAllBytes(file, whole[..length]);
            Assert.Equal(expected, Load(path).Fingerprint);
        }
        Assert.Equal(10, _encoded);
        Assert.Equal(whole, File.ReadAllBytes(file));
    }

    [Fact]
    public void What_an_interruption_left_is_deleted_unless_somebody_writes_it()
    {
        Directory.CreateDirectory(Kept);
        string left = Path.Join(Kept, "a.tokens.1.writing"), written = Path.Join(Kept, "b.tokens.2.writing");
        File.WriteAllText(left, "half");
        using (new FileStream(written, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            Load(WriteText());
        Assert.Equal([written], Directory.GetFiles(Kept, "*.writing"));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_one_line()
    {
        File.WriteAllText(Kept, "no folder");
        var error = Assert.Throws<DataException>(() => Load(WriteText()));
        Assert.StartsWith($"{Kept}: the numbers of {_folder.Path}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private string WriteText() => _folder.Write("own.txt", string.Concat(Enumerable.Range(0, 300).Select(line => $"line {line % 17} of caf\u00E9\r\n")));

    private TextCache Cache() => new(Kept) { SmallestText = 1000, Begins = (_, _) => _encoded++ };

    private TextCorpus Load(string path, TextUnit unit = TextUnit.Character) => PlainText.Load(path, new() { Unit = unit, Cache = Cache() });
}
