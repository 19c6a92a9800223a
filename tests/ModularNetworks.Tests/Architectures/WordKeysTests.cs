using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class WordKeysTests
{
    private const int Words = 5;
    private const int Windows = 2;

    // Two windows of three words: 1 2 3 and 4 0 4.
    private static readonly TextBatch Batch = new(
        IndexTensor.From(new Shape(6), [1, 4, 2, 0, 3, 4]), IndexTensor.From(new Shape(6), [2, 0, 3, 4, 4, 1]));

    [Fact]
    public void A_word_is_its_own_key()
    {
        using var workers = new WorkerPool(1);
        var keys = new WordKeys(Words, isBigram: false);
        Assert.Equal((Words, 3), (keys.Count, keys.Of(word: 3, before: 2)));
        Assert.Equal(Batch.Inputs.Values.ToArray(), keys.Of(new Tape(SimdKernels.Create(workers)), Batch, Windows).Values.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pair_of_words_has_a_key_and_nothing_known_is_word_0(bool isKnown)
    {
        using var workers = new WorkerPool(1);
        var rows = new ForwardPass(new Tape(SimdKernels.Create(workers)));
        rows.Begin(new ModeSelection(), Windows);
        var batch = isKnown ? Batch with { Before = IndexTensor.From(new Shape(2), [2, 3]) } : Batch;
        var keys = new WordKeys(Words, isBigram: true);
        Assert.Equal((25, 13, 3), (keys.Count, keys.Of(word: 3, before: 2), keys.Of(word: 3, before: null)));
        int[] expected = [isKnown ? 11 : 1, isKnown ? 19 : 4, 7, 20, 13, 4];
        Assert.Equal(expected, keys.Of(rows.Tape, batch, Windows).Values.ToArray());
        for (int step = 0; step < 3; step++)
            Assert.Equal(expected[(2 * step)..(2 * step + 2)], keys.OfStep(rows, batch, step).Values.ToArray());
    }
}
