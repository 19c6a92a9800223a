namespace ModularNetworks.Data.Tests;

public sealed class VocabularyTests
{
    [Fact]
    public void Ids_follow_falling_counts_and_then_the_ordinal_order()
    {
        var vocabulary = Vocabulary.FromWords(["b", "a", "B", "c", "c"]);
        Assert.Equal(["c", "B", "a", "b"], Enumerable.Range(0, vocabulary.Count).Select(id => vocabulary[id]));
        Assert.All(Enumerable.Range(0, 4), id => Assert.Equal(id, vocabulary.IdOf(vocabulary[id])));
    }

    [Fact]
    public void The_order_of_the_text_does_not_matter()
    {
        var one = Vocabulary.FromWords(["x", "y", "y", "z"]);
        var other = Vocabulary.FromWords(["z", "y", "x", "y"]);
        Assert.All(Enumerable.Range(0, 3), id => Assert.Equal(one[id], other[id]));
    }

    [Fact]
    public void An_unknown_word_becomes_the_unknown_word_of_the_text()
    {
        var vocabulary = Vocabulary.FromWords(["a", "<unk>"]);
        Assert.Equal(vocabulary.IdOf("<unk>"), vocabulary.IdOf("zebra"));
        Assert.False(vocabulary.Contains("zebra"));
    }

    [Fact]
    public void Without_an_unknown_word_the_error_names_the_word()
    {
        var vocabulary = Vocabulary.FromWords(["a", "b"]);
        var error = Assert.Throws<DataException>(() => vocabulary.IdOf("zebra"));
        Assert.Contains("'zebra' is not among the 2 words or characters", error.Message, StringComparison.Ordinal);
        Assert.False(vocabulary.TryGetId("zebra", out _));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void An_id_outside_the_vocabulary_is_refused(int id)
    {
        var vocabulary = Vocabulary.FromWords(["a", "b"]);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => vocabulary[id]);
        Assert.Contains("0 to 1", error.Message, StringComparison.Ordinal);
    }
}
