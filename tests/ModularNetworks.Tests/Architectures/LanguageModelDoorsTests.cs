using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>What a language model is given has to fit; it is refused before anything is read from it.</summary>
public sealed class LanguageModelDoorsTests
{
    private const int Words = 7;

    [Theory]
    [InlineData(5, 5, 0, 0)] // no whole number of steps
    [InlineData(6, 4, 0, 0)] // targets for other words
    [InlineData(6, 6, 3, 0)] // states of another size
    [InlineData(6, 6, 0, 1)] // words before for fewer windows
    public void Windows_that_do_not_fit_are_refused(int inputs, int targets, int carried, int before)
    {
        using var workers = new WorkerPool(1);
        var pass = new ForwardPass(new Tape(SimdKernels.Create(workers)));
        pass.Begin(new ModeSelection(), batchSize: 2);
        var model = new LanguageModel(new LanguageModelSizes { BigramKeys = true }, Words, new ModeSelection(), RandomKey.FromSeed(1));
        var batch = new TextBatch(
            IndexTensor.Allocate(new Shape(inputs)),
            IndexTensor.Allocate(new Shape(targets)),
            carried > 0 ? Tensor.Allocate(new Shape(2, carried)) : null,
            before > 0 ? IndexTensor.Allocate(new Shape(before)) : null);
        var states = Tensor.Allocate(new Shape(2, model.Unit.Hidden));
        Action[] doors =
        [
            () => model.LogLikelihood(pass, batch),
            () => model.InitialStates(pass, batch),
            () => model.KeysOf(pass.Tape, batch, batchSize: 2),
            () => model.SelectionLogits(pass, batch, step: 0, states),
            () => model.States(pass, batch, states),
        ];
        Assert.All(doors, door => Assert.StartsWith("TextBatch: ", Assert.Throws<ShapeException>(door).Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void A_step_that_windows_do_not_have_is_refused(int step)
    {
        using var workers = new WorkerPool(1);
        var pass = new ForwardPass(new Tape(SimdKernels.Create(workers)));
        pass.Begin(new ModeSelection(), batchSize: 2);
        var batch = new TextBatch(IndexTensor.Allocate(new Shape(6)), IndexTensor.Allocate(new Shape(6)));
        var states = Tensor.Allocate(new Shape(2, 8));
        foreach (bool isBigram in (bool[])[false, true])
        {
            var model = new LanguageModel(new LanguageModelSizes { BigramKeys = isBigram }, Words, new ModeSelection(), RandomKey.FromSeed(1));
            Assert.Throws<ShapeException>(() => model.SelectionLogits(pass, batch, step, states));
        }
    }

    [Fact]
    public void More_pairs_of_words_than_a_table_can_have_are_refused()
    {
        var error = Assert.Throws<ShapeException>(
            () => new LanguageModel(new LanguageModelSizes { BigramKeys = true, Embedding = 1 }, words: 70_000, new ModeSelection(), RandomKey.FromSeed(1)));
        Assert.StartsWith("LanguageModel: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_piece_of_a_text_without_a_word_is_refused() => Assert.Equal(
        "TextLikelihood: a piece of a text has no word; at least one is needed. (Parameter 'words')",
        Assert.Throws<ArgumentException>(() => TextLikelihood.Piece([], wordBefore: 0)).Message);
}
