using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

public sealed class TextEncodingTests
{
    [Theory]
    [InlineData("the cat\nsat", "the cat <eos> sat")]
    [InlineData("  the\tcat \r\n", "the cat <eos>")]
    [InlineData("the cat  ", "the cat")]
    [InlineData("\n", "<eos>")]
    [InlineData("", "")]
    public void The_last_line_of_a_text_in_words_goes_on(string text, string expected)
    {
        var encoding = Of(TextUnit.Word, "cat", "the", "sat", "<eos>");
        Assert.Equal(expected, string.Join(' ', encoding.Encode(text).Ids.Select(id => encoding.Vocabulary[id])));
    }

    [Theory]
    [InlineData(TextUnit.Word)]
    [InlineData(TextUnit.Character)]
    public void What_numbers_add_gives_the_numbers_again(TextUnit unit)
    {
        var encoding = unit == TextUnit.Word ? Of(unit, "a", "bc", "<eos>", "<unk>", "\u00E9") : Of(unit, "a", " ", "\n", "\u00E9", "\U0001F600", "\r");
        for (ulong seed = 1; seed <= 100; seed++)
        {
            var key = RandomKey.FromSeed(seed);
            int[] ids = [.. Enumerable.Range(0, 30).Select(i => key.Below((ulong)i, encoding.Vocabulary.Count))];
            var decoder = encoding.StartDecoding();
            string text = string.Concat(ids.Select(decoder.Add));
            if (!text.Contains("\r\n", StringComparison.Ordinal)) // which is one line end
                Assert.Equal(ids, encoding.Encode(text).Ids);
        }
    }

    [Fact]
    public void Texts_are_numbered_as_files_are()
    {
        using var folder = new TemporaryFolder();
        string text = string.Concat(Enumerable.Repeat("caf\u00E9 \U0001F600\r\nna\u00EFve  text\n", 20));
        foreach (var unit in Enum.GetValues<TextUnit>())
        {
            var corpus = PlainText.Load(folder.Write("own.txt", text), new() { Unit = unit, Split = new() { Kind = TextSplitKind.Ordered } });
            int[] all = [.. corpus.Train.ToArray(), .. corpus.Valid.Span, .. corpus.Test.Span];
            Assert.Equal(all, corpus.Encoding.Encode(text).Ids);
        }
    }

    [Fact]
    public void The_unknown_word_stands_for_words_that_are_told()
    {
        var encoded = Of(TextUnit.Word, "a", "<unk>").Encode("a b c b");
        Assert.Equal([0, 1, 1, 1], encoded.Ids);
        Assert.Equal(["b", "c"], encoded.Unknown);
    }

    [Fact]
    public void Without_it_the_error_names_them()
    {
        var error = Assert.Throws<DataException>(() => Of(TextUnit.Character, "a", "b").Encode("ab\u2603c"));
        Assert.StartsWith("'\u2603', 'c' are not among the 2 characters of the training text", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TextUnit.Character, "a|bc", "'bc' is no character")]
    [InlineData(TextUnit.Character, "a|", "'' is no character")]
    [InlineData(TextUnit.Word, "a|b c", "'b c' is no word")]
    [InlineData(TextUnit.Word, "a|b|a", "'a' stands twice")]
    public void Vocabularies_have_only_what_a_text_can_have(TextUnit unit, string words, string expected)
    {
        var error = Assert.Throws<DataException>(() => Of(unit, words.Split('|')));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static TextEncoding Of(TextUnit unit, params string[] words) => new(unit, Vocabulary.FromOrderedWords(words));
}
