using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

public sealed class BytePairTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_most_frequent_pair_is_merged_again_and_again()
    {
        // The example of Sennrich, Haddow and Birch.
        var words = new Dictionary<string, long> { ["low"] = 5, ["lower"] = 2, ["newest"] = 6, ["widest"] = 3 };
        var (tokens, merges) = BytePairLearner.Learn(words, size: 256 + 6);
        Assert.Equal([("e", "s"), ("es", "t"), ("l", "o"), ("lo", "w"), ("e", "w"), ("n", "ew")], merges);
        Assert.Equal(["es", "est", "lo", "low", "ew", "new"], tokens.Skip(256).Select(token => token.Token));
        Assert.Equal([0, 9, 0, 7, 0, 6], tokens.Skip(256).Select(token => token.Count));
    }

    [Fact]
    public void Of_equally_frequent_pairs_the_one_of_lower_numbers_is_first()
    {
        var (_, merges) = BytePairLearner.Learn(new Dictionary<string, long> { ["dc"] = 2, ["cb"] = 2, ["ca"] = 2, ["xy"] = 1 }, size: 1000);
        Assert.Equal([("c", "a"), ("c", "b"), ("d", "c")], merges);
    }

    [Fact]
    public void A_token_that_two_merges_make_has_one_number()
    {
        var (tokens, merges) = BytePairLearner.Learn(new Dictionary<string, long> { ["ab"] = 9, ["abc"] = 3, ["xbc"] = 20, ["abcbc"] = 4, ["a"] = 1 }, size: 1000);
        Assert.Equal(tokens.Count, tokens.Select(token => token.Token).Distinct().Count());
        Assert.True(merges.Count >= tokens.Count - 256);
    }

    [Fact]
    public void Tokens_are_those_that_learning_left_and_the_most_frequent_is_the_first()
    {
        var pieces = new UnitCounts();
        string text = string.Concat(Enumerable.Range(0, 2000).Select(i => Draw(RandomKey.FromSeed(1), i)));
        foreach (var piece in BytePairPieces.Pattern.EnumerateMatches(text))
            pieces.Add(text.AsSpan(piece.Index, piece.Length));
        var (learned, _) = BytePairLearner.Learn(pieces.Counts, size: 320);
        var (vocabulary, merges) = BytePairs.Learn(pieces.Counts, size: 320);
        var found = new BytePairs(vocabulary, merges).Encode(text).CountBy(id => vocabulary[id]).ToDictionary();
        Assert.All(learned, token => Assert.Equal(token.Count, found.GetValueOrDefault(token.Token)));
        long[] counts = [.. vocabulary.Words.Select(token => learned.Single(other => other.Token == token).Count)];
        Assert.Equal(counts.OrderDescending(), counts);
    }

    [Fact]
    public void Tokens_give_back_exactly_the_bytes()
    {
        for (ulong seed = 1; seed <= 30; seed++)
        {
            var key = RandomKey.FromSeed(seed);
            string text = string.Concat(Enumerable.Range(0, 300).Select(i => Draw(key, i)));
            string path = _folder.Write("own.txt", "\uFEFF" + text);
            var corpus = PlainText.Load(path, new() { Unit = TextUnit.Bpe, Vocabulary = 300, Split = new() { Kind = TextSplitKind.Ordered } });
            Assert.Equal(text, Text(corpus.Encoding, [.. corpus.Train.ToArray(), .. corpus.Valid.Span, .. corpus.Test.Span]));
            // Also of text that was never seen.
            string other = string.Concat(Enumerable.Range(0, 100).Select(i => Draw(key.Split("other"), i) + "\u4E16\U0001F469\u200D\U0001F680"));
            Assert.Equal(other, Text(corpus.Encoding, corpus.Encoding.Encode(other).Ids));
        }
    }

    [Fact]
    public void Bytes_of_a_character_are_held_back_until_all_are_there()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("\U0001F600");
        var vocabulary = Vocabulary.FromOrderedWords(Enumerable.Range(0, 256).Select(value => ByteLetters.Of((byte)value).ToString()));
        var encoding = new TextEncoding(TextUnit.Bpe, vocabulary, []);
        Assert.Equal(bytes.Select(value => (int)value), encoding.Encode("\U0001F600").Ids);
        var decoder = encoding.StartDecoding();
        Assert.Equal(["", "", "", "\U0001F600", "a"], ((int[])[.. bytes, 'a']).Select(decoder.Add));
        Assert.Equal("\uFFFDa", string.Concat(((int[])[bytes[0], 'a']).Select(encoding.StartDecoding().Add)));
        Assert.Equal([@"\xF0", @"\x80", " ", "\n"], ((int[])[0xF0, 0x80, ' ', '\n']).Select(encoding.TextOf));
        Assert.Equal('\n', encoding.Start);
    }

    [Fact]
    public void A_long_line_is_cut_between_characters()
    {
        string text = "a" + string.Concat(Enumerable.Repeat("\U0001F600", BytePairPieces.LongestLine));
        var encoding = PlainText.Load(_folder.Write("own.txt", text), new() { Unit = TextUnit.Bpe }).Encoding;
        Assert.Equal(text, Text(encoding, encoding.Encode(text).Ids));
    }

    private static string Text(TextEncoding encoding, IEnumerable<int> ids) => string.Concat(ids.Select(encoding.StartDecoding().Add));

    private static string Draw(RandomKey key, int place)
    {
        string[] pieces = ["the", " the", "re", " ", "  ", "\n", "\r\n", "\r", "\t", "it's", "12", "3.5", "?!", "caf\u00E9", " \U0001F600", "\u0301", "\u00A0", "\u2028", "<unk>"];
        return pieces[key.Below((ulong)place, pieces.Length)];
    }
}
