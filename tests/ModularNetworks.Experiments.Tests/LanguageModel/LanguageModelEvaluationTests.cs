using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class LanguageModelEvaluationTests
{
    private const int Words = 9;
    private const int EndOfSentence = 4;

    // Lengths around the border of the pieces that a stream is read in.
    [Theory]
    [InlineData(3, 1, false, 1)]
    [InlineData(3, 1, false, 700)]
    [InlineData(3, 1, false, 2000)]
    [InlineData(3, 2, false, 2001)]
    [InlineData(3, 2, false, 4100)]
    [InlineData(1, 1, true, 2300)]
    [InlineData(2, 2, true, 2300)]
    public void Every_word_of_a_stream_is_scored_once_given_all_words_before(int modules, int picks, bool isFixed, int length)
    {
        using var workers = new WorkerPool(2);
        var model = Model(modules, picks, isFixed);
        var plain = new PlainLanguageModel(model, modules, picks, isFixed);
        var evaluation = new LanguageModelEvaluation(model, new Tape(SimdKernels.Create(workers)), Rule(isFixed));
        int[] text = Text(length);
        double expected = Math.Exp(-plain.LogLikelihood(text, EndOfSentence) / length);
        Assert.Equal(1, evaluation.Perplexity(text, EndOfSentence) / expected, 1e-5);
        if (!isFixed && length > 100)
            Assert.True(plain.Picked.Count(times => times > 0) > 1);
    }

    [Theory]
    [InlineData(3, 1, false, 3, 7)]
    [InlineData(3, 2, false, 7, 7)]
    [InlineData(3, 2, false, 1000, 7)]
    [InlineData(1, 1, true, 905, 5)]
    public void Every_word_of_a_window_is_scored_once_given_the_words_before_in_the_window(
        int modules, int picks, bool isFixed, int length, int window)
    {
        using var workers = new WorkerPool(2);
        var model = Model(modules, picks, isFixed, window);
        var plain = new PlainLanguageModel(model, modules, picks, isFixed);
        var evaluation = new LanguageModelEvaluation(model, new Tape(SimdKernels.Create(workers)), Rule(isFixed));
        int[] text = Text(length);
        double sum = 0;
        for (int start = 0; start < length; start += window)
        {
            int before = start == 0 ? EndOfSentence : text[start - 1];
            sum += plain.LogLikelihood(text.AsSpan(start, Math.Min(window, length - start)), before);
        }
        Assert.Equal(1, evaluation.WindowPerplexity(text, EndOfSentence, window) / Math.Exp(-sum / length), 1e-5);
    }

    [Fact]
    public void The_word_before_the_first_and_the_state_matter()
    {
        using var workers = new WorkerPool(1);
        var model = Model(3, 1, isFixed: false);
        var evaluation = new LanguageModelEvaluation(model, new Tape(SimdKernels.Create(workers)), Rule(false));
        int[] text = Text(40);
        var perplexities = Enumerable.Range(0, Words).Select(word => evaluation.Perplexity(text, word));
        Assert.InRange(perplexities.Distinct().Count(), 4, Words);
        double whole = 40 * Math.Log(evaluation.Perplexity(text, EndOfSentence));
        double apart = (20 * Math.Log(evaluation.Perplexity(text.AsSpan(0, 20), EndOfSentence)))
            + (20 * Math.Log(evaluation.Perplexity(text.AsSpan(20), text[19])));
        Assert.NotEqual(whole, apart, 1e-3);
    }

    [Fact]
    public void The_experiment_reads_an_end_of_line_before_the_first_word()
    {
        using var folder = new TemporaryFolder();
        using var workers = new WorkerPool(1);
        var options = (LanguageModelOptions)RunCase.Options("ptb em", folder);
        var corpus = PennTreebank.Load(options.Data);
        var experiment = new LanguageModelExperiment(options, corpus, SimdKernels.Create(workers));
        var model = new LanguageModel(
            options.Sizes, corpus.Vocabulary.Count, new ModeSelection(), RandomKey.FromSeed(options.Seed).Split("network"));
        var plain = new PlainLanguageModel(model, options.Modules, options.Picks, isFixed: false);
        double sum = plain.LogLikelihood(corpus.Test.Span, corpus.Vocabulary.IdOf("<eos>"));
        double measured = experiment.Evaluate("test").Of("test")!["perplexity"]!.Value;
        Assert.Equal(1, measured / Math.Exp(-sum / corpus.Test.Length), 1e-5);
    }

    [Fact]
    public void Selections_are_counted_over_all_windows()
    {
        using var workers = new WorkerPool(1);
        const int Window = 4, Windows = 300;
        var model = Model(3, 1, isFixed: false, Window);
        var evaluation = new LanguageModelEvaluation(model, new Tape(SimdKernels.Create(workers)), Rule(false));
        int[] text = Text((Window * Windows) + 2);
        var statistics = evaluation.Selections(new WindowedText(text, Window));
        var plain = new PlainLanguageModel(model, 3, 1, isFixed: false);
        for (int window = 0; window < Windows; window++)
            plain.LogLikelihood(text.AsSpan((window * Window) + 1, Window), text[window * Window]);
        double[] usage = statistics.Of(0).Usage();
        for (int module = 0; module < 3; module++)
            Assert.Equal(plain.Picked[module] / (double)(Window * Windows), usage[module], 1e-9);
        Assert.InRange(statistics.SelectionEntropy, 0, statistics.BatchSelectionEntropy);
        Assert.InRange(statistics.BatchSelectionEntropy, 0, statistics.TimePooledBatchSelectionEntropy);
        Assert.InRange(statistics.TimePooledBatchSelectionEntropy, 0, Math.Log(3));
    }

    [Fact]
    public void A_text_that_is_shorter_than_a_window_is_told_before_training()
    {
        using var folder = new TemporaryFolder();
        using var workers = new WorkerPool(1);
        var options = (LanguageModelOptions)RunCase.Options("ptb em", folder) with { Window = 20 };
        SmallText.WriteTo(folder, validLines: 1);
        var error = Assert.Throws<DataException>(() => BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers)));
        Assert.Contains("the validation text has ", error.Message, StringComparison.Ordinal);
        BuiltInExperiments.Catalogue.Create(
            options with { Method = TrainingMethods.Fixed, Modules = 1 }, SimdKernels.Create(workers));
    }

    /// <summary>A model whose weights are large enough that state, input and module all matter.</summary>
    private static LanguageModel Model(int modules, int picks, bool isFixed, int window = 5)
    {
        var sizes = new LanguageModelSizes { Modules = modules, Picks = picks, Window = window, Embedding = 4, Hidden = 3 };
        var key = RandomKey.FromSeed(8);
        var model = new LanguageModel(sizes, Words, Rule(isFixed), key.Split("model"));
        foreach (var parameter in model.Parameters)
        {
            var numbers = key.Split(parameter.Name);
            for (int i = 0; i < parameter.Value.Values.Length; i++)
                parameter.Value.Values[i] = (numbers.Below((ulong)i, 2001) / 1000f) - 1;
        }
        return model;
    }

    private static SelectionRule Rule(bool isFixed) => isFixed ? new FixedSelection() : new ModeSelection();

    private static int[] Text(int length)
    {
        var key = RandomKey.FromSeed(9);
        return [.. Enumerable.Range(0, length).Select(i => key.Below((ulong)i, Words))];
    }
}
