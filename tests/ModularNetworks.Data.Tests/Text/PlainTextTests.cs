using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

public sealed class PlainTextTests : IDisposable
{
    private static readonly PlainTextSettings Words = new() { Unit = TextUnit.Word };
    private static readonly PlainTextSettings ByUnits = new() { Split = new() { Kind = TextSplitKind.Units } };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_cut_into_18_1_and_1_twentieths_in_this_order()
    {
        var corpus = PlainText.Load(_folder.Write("a.txt", new string('a', 30) + new string('b', 6) + "cd" + "ef"), ByUnits);
        Assert.Equal((new string('a', 30) + "bbbbbb", "<unk><unk>", "<unk><unk>"), Texts(corpus));
        Assert.Equal(["a", "b", "<unk>"], Units(corpus));
        Assert.Equal((TextUnit.Character, "character", 0), (corpus.Encoding.Unit, corpus.Encoding.UnitName, corpus.Encoding.Start));
    }

    [Fact]
    public void Odd_lengths_leave_the_rest_to_the_test_text()
    {
        var corpus = PlainText.Load(_folder.Write("a.txt", string.Concat(Enumerable.Repeat("ab", 20)) + "a"), ByUnits);
        Assert.Equal((36, 2, 3), (corpus.Train.Length, corpus.Valid.Length, corpus.Test.Length));
    }

    [Fact]
    public void A_unit_is_a_whole_Unicode_character()
    {
        WriteParts("\U0001F600\u00E9\U0001F600\n", "\U0001F601", "\u00E9");
        var corpus = PlainText.Load(_folder.Path);
        Assert.Equal(["\U0001F600", "\n", "\u00E9", "<unk>"], Units(corpus));
        Assert.Equal(("\U0001F600\u00E9\U0001F600\n", "<unk>", "\u00E9"), Texts(corpus));
    }

    [Fact]
    public void A_byte_order_mark_is_dropped_and_CR_LF_is_a_line_end()
    {
        WriteParts("\uFEFFa\r\nb\rc\n\r\n", "a\r\n", "b\n");
        var corpus = PlainText.Load(_folder.Path);
        Assert.Equal(("a\nb\rc\n\n", "a\n", "b\n"), Texts(corpus));
        Assert.Equal("\n", corpus.Vocabulary[corpus.Encoding.Start]);
    }

    [Fact]
    public void Every_text_is_given_back()
    {
        string[] pieces = ["a", "b", " ", "\r\n", "\n", "\r", "\t", "\u00E9", "\u4E16", "\U0001F600", "\u0301", "<unk>", "\uFEFF"];
        for (ulong seed = 1; seed <= 200; seed++)
        {
            var key = RandomKey.FromSeed(seed);
            string Text(string part) => "ab" + string.Concat(
                Enumerable.Range(0, 1 + key.Split(part).Below(0, 60)).Select(i => pieces[key.Split(part).Below((ulong)i + 1, pieces.Length)]));
            string train = string.Concat(pieces) + Text("train"), valid = Text("valid"), test = Text("test");
            WriteParts(train, valid, test);
            static string Read(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);
            Assert.Equal((Read(train), Read(valid), Read(test)), Texts(PlainText.Load(_folder.Path)));
        }
    }

    [Fact]
    public void Words_are_those_of_the_Penn_Treebank()
    {
        SmallTreebank.WriteTo(_folder);
        Assert.Equal(PennTreebank.Load(_folder.Path).Fingerprint, PlainText.Load(_folder.Path, Words).Fingerprint);
    }

    [Fact]
    public void Words_that_are_rarer_than_the_minimum_are_unknown()
    {
        WriteParts("a b b c c c\n", "a b d\n", "c\n");
        var corpus = PlainText.Load(_folder.Path, Words with { MinimumCount = 3 });
        Assert.Equal(["<unk>", "c", "<eos>"], Units(corpus));
        Assert.Equal("<unk> <unk> <unk> <eos>", Texts(corpus, " ").Valid);
        corpus = PlainText.Load(_folder.Path, Words with { MinimumCount = 1 });
        Assert.Equal("a b <unk> <eos>", Texts(corpus, " ").Valid);
    }

    [Fact]
    public void A_vocabulary_can_be_limited_to_the_most_frequent_words()
    {
        WriteParts("a b b c c c d\n", "a b d\n", "c\n");
        var corpus = PlainText.Load(_folder.Path, Words with { MinimumCount = 1, Vocabulary = 4 });
        Assert.Equal(["c", "<unk>", "b", "<eos>"], Units(corpus));
        Assert.Equal("<unk> b <unk> <eos>", Texts(corpus, " ").Valid);
    }

    [Theory]
    [InlineData("a b b\n", "<unk> b b <eos>")]
    [InlineData("a b <unk>\n", "a b <unk> <eos>")]
    public void Words_seen_once_are_unknown_unless_the_text_says_itself_which_are(string train, string expected)
    {
        WriteParts(train, "b\n", "b\n");
        Assert.Equal(expected, Texts(PlainText.Load(_folder.Path, Words), " ").Train);
    }

    [Fact]
    public void Files_of_other_names_are_passed_over()
    {
        WriteParts("ab", "a", "b");
        _folder.Write("readme.md", "x");
        _folder.Write(".train.swp", "x");
        Directory.CreateDirectory(Path.Join(_folder.Path, "train-logs"));
        Assert.Equal(("ab", "a", "b"), Texts(PlainText.Load(_folder.Path)));
    }

    [Fact]
    public void Another_text_has_another_fingerprint()
    {
        WriteParts("ab", "a", "b");
        string first = PlainText.Load(_folder.Path).Fingerprint;
        WriteParts("ab", "b", "b");
        Assert.NotEqual(first, PlainText.Load(_folder.Path).Fingerprint);
    }

    [Fact]
    public void The_real_treebank_is_read_as_by_its_own_reader()
    {
        string folder = RealData.FolderOf("ptb");
        Assert.Equal(PennTreebank.Load(folder).Fingerprint, PlainText.Load(folder, Words).Fingerprint);
    }

    private void WriteParts(string train, string valid, string test)
    {
        _folder.Write("a.train.txt", Encoding.UTF8.GetBytes(train));
        _folder.Write("a.valid.txt", Encoding.UTF8.GetBytes(valid));
        _folder.Write("a.Test.txt", Encoding.UTF8.GetBytes(test));
    }

    private static IEnumerable<string> Units(TextCorpus corpus) =>
        Enumerable.Range(0, corpus.Vocabulary.Count).Select(id => corpus.Vocabulary[id]);

    private static (string Train, string Valid, string Test) Texts(TextCorpus corpus, string between = "")
    {
        string Text(ReadOnlyMemory<int> ids) => string.Join(between, ids.ToArray().Select(id => corpus.Vocabulary[id]));
        return (Text(corpus.Train.ToArray()), Text(corpus.Valid), Text(corpus.Test));
    }
}
