using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

public sealed class TextSplitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TextSplitKind.Blocks)]
    [InlineData(TextSplitKind.Ordered)]
    public void Parts_have_all_lines_once_and_in_their_order(TextSplitKind kind)
    {
        var (train, valid, test) = Lines(Load(Text(1000), new() { Kind = kind, ValidShare = 0.2, TestShare = 0.1 }));
        string[] all = [.. Text(1000).Split('\n')[..^1]];
        Assert.Equal(all, train.Concat(valid).Concat(test).Order(StringComparer.Ordinal));
        foreach (string[] part in (string[][])[train, valid, test])
            Assert.Equal(part.Order(StringComparer.Ordinal), part);
        Assert.InRange(valid.Length, 150, 250);
        Assert.InRange(test.Length, 50, 150);
        if (kind == TextSplitKind.Ordered)
            Assert.Equal(all, train.Concat(valid).Concat(test));
    }

    [Fact]
    public void The_key_draws_blocks_from_all_over_the_text()
    {
        var first = Lines(Load(Text(3000), new() { Key = RandomKey.FromSeed(1) }));
        Assert.Equal(first.Test, Lines(Load(Text(3000), new() { Key = RandomKey.FromSeed(1) })).Test);
        var second = Lines(Load(Text(3000), new() { Key = RandomKey.FromSeed(2) }));
        Assert.NotEqual(first.Test, second.Test);
        Assert.True(first.Test.Concat(first.Valid).Concat(second.Test).Concat(second.Valid).Select(line => line[6]).Distinct().Count() > 1);
    }

    [Fact]
    public void Parts_do_not_depend_on_the_unit()
    {
        string text = string.Concat(Enumerable.Range(0, 900).Select(line => $"{(line % 7 == 0 ? "one" : "two")} {(line % 11 == 0 ? "three" : "four")}\n"));
        var characters = Load(text, new());
        foreach (var unit in (TextUnit[])[TextUnit.Word, TextUnit.Bpe])
        {
            var other = Load(text, new(), unit);
            Assert.Equal(characters.Characters, other.Characters);
            Assert.Equal(TextOf(characters, characters.Test), TextOf(other, other.Test));
        }
    }

    [Fact]
    public void Held_out_texts_are_no_longer_than_asked_for()
    {
        var corpus = Load(Text(10_000), new() { MostHeldOut = 5000 });
        Assert.InRange(corpus.Characters!.Test, 1000, 5100);
        Assert.InRange(corpus.Characters!.Valid, 1000, 5100);
    }

    [Fact]
    public void All_files_of_a_folder_are_cut()
    {
        string text = Text(1000);
        _folder.Write("own/a.txt", text[..6000]);
        _folder.Write("own/b.txt", text[6000..]);
        _folder.Write("own/.hidden", "hidden");
        var corpus = PlainText.Load(Path.Join(_folder.Path, "own"), new() { Split = new() { Kind = TextSplitKind.Ordered } });
        Assert.Equal(text, TextOf(corpus, corpus.Train.ToArray()) + TextOf(corpus, corpus.Valid) + TextOf(corpus, corpus.Test));
    }

    [Theory]
    [InlineData("word ", " ")]
    [InlineData("\u4E16\u754C", "")]
    public void A_text_without_lines_is_cut_between_words_or_else_characters(string piece, string end)
    {
        string text = string.Concat(Enumerable.Repeat(piece, 2000)) + piece[..2];
        var corpus = Load(text, new() { Kind = TextSplitKind.Ordered });
        var (train, valid) = (TextOf(corpus, corpus.Train.ToArray()), TextOf(corpus, corpus.Valid));
        Assert.Equal(text, train + valid + TextOf(corpus, corpus.Test));
        Assert.EndsWith(end, train, StringComparison.Ordinal);
        Assert.EndsWith(end, valid, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_end_of_a_file_ends_its_last_line_of_words()
    {
        var corpus = Load(string.Concat(Enumerable.Repeat("one two ", 2000)) + "one two", new() { Kind = TextSplitKind.Ordered }, TextUnit.Word);
        Assert.DoesNotContain("<eos>", Words(corpus, corpus.Train.ToArray()).Concat(Words(corpus, corpus.Valid)));
        Assert.Equal("<unk>", Words(corpus, corpus.Test)[^1]);
        Assert.Equal(4003, corpus.Train.Length + corpus.Valid.Length + corpus.Test.Length);
    }

    [Fact]
    public void Mistakes_are_named_with_their_line_whatever_the_order_of_blocks()
    {
        byte[] bytes = [.. System.Text.Encoding.UTF8.GetBytes(Text(400)), .. "caf"u8, 0xE9, (byte)'\n', .. System.Text.Encoding.UTF8.GetBytes(Text(400))];
        var error = Assert.Throws<DataException>(() => PlainText.Load(_folder.Write("own.txt", bytes)));
        Assert.Contains("line 401 is not valid UTF-8 text (bytes E90A", error.Message, StringComparison.Ordinal);
    }

    private static string[] Words(TextCorpus corpus, ReadOnlyMemory<int> ids) => [.. ids.ToArray().Select(id => corpus.Vocabulary[id])];

    private TextCorpus Load(string text, TextSplit split, TextUnit unit = TextUnit.Character) =>
        PlainText.Load(_folder.Write("own.txt", text), new() { Unit = unit, MinimumCount = 1, Split = split });

    private static (string[] Train, string[] Valid, string[] Test) Lines(TextCorpus corpus)
    {
        string[] Of(ReadOnlyMemory<int> ids) => TextOf(corpus, ids).Split('\n')[..^1];
        return (Of(corpus.Train.ToArray()), Of(corpus.Valid), Of(corpus.Test));
    }

    private static string TextOf(TextCorpus corpus, ReadOnlyMemory<int> ids) => string.Concat(ids.ToArray().Select(corpus.Encoding.StartDecoding().Add));

    private static string Text(int lines) => string.Concat(Enumerable.Range(0, lines).Select(line => $"line {line:D5}\n"));
}
