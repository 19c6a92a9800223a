using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class NextWordPredictorTests
{
    private const int Words = 37;
    private const int Length = 60;

    private static readonly RandomKey Key = RandomKey.FromSeed(81);

    public static TheoryData<int, int, int, bool, bool> Models => new()
    {
        // M, K, families, fixed, modular gates and readout
        { 5, 1, 0, false, false }, { 15, 3, 0, false, false }, { 6, 2, 2, false, false }, { 2, 2, 0, true, false },
        { 5, 1, 0, false, true }, { 6, 2, 2, false, true }, { 2, 2, 0, true, true },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void A_text_is_as_probable_as_in_an_evaluation(int modules, int picks, int families, bool isFixed, bool all)
    {
        SelectionRule rule = isFixed ? new FixedSelection() : new ModeSelection();
        using var workers = new WorkerPool(1);
        var model = Model(modules, picks, families, rule, all);
        var evaluation = new LanguageModelEvaluation(model, new Tape(SimdKernels.Create(workers)), rule);
        int[] text = [.. Enumerable.Range(0, Length).Select(i => Key.Below((ulong)i, Words))];
        double expected = evaluation.Perplexity(text.AsSpan(1), text[0]);
        var predictor = new NextWordPredictor(model);
        Assert.Equal(expected, Perplexity(predictor, text), 1e-5 * expected);
        Assert.NotEqual(expected, Perplexity(predictor, text), 1e-5 * expected); // the state is carried
        predictor.Reset();
        Assert.Equal(expected, Perplexity(predictor, text), 1e-5 * expected);
    }

    /// <summary>An evaluation reads a text piece by piece; a table by pairs of words must know the word before each piece.</summary>
    [Fact]
    public void A_table_by_pairs_of_words_reads_a_long_text_as_in_an_evaluation()
    {
        var rule = new ModeSelection();
        using var workers = new WorkerPool(1);
        var sizes = new LanguageModelSizes { Modules = 4, Controller = ControllerKind.Table, BigramKeys = true, Hidden = 4, Embedding = 4 };
        var model = Randomized(new LanguageModel(sizes with { StateActivation = StateActivation.Tanh }, Words, rule, Key.Split("model")));
        Assert.Equal([Words * Words, 4], [model.InputKeys, model.Tables[0].Modules]);
        int[] text = [.. Enumerable.Range(0, 2100).Select(i => Key.Below((ulong)i, Words))];
        var tape = new Tape(SimdKernels.Create(workers));
        double expected = new LanguageModelEvaluation(model, tape, rule).Perplexity(text.AsSpan(1), text[0]);
        Assert.Equal(expected, Perplexity(new NextWordPredictor(model), text), 1e-5 * expected);
    }

    [Fact]
    public void States_and_modules_are_those_of_an_evaluation()
    {
        using var workers = new WorkerPool(1);
        var model = Model(modules: 15, picks: 1, families: 0, new ModeSelection());
        int[] text = [.. Enumerable.Range(0, Length).Select(i => Key.Below((ulong)i, Words))];
        var pass = new ForwardPass(new Tape(SimdKernels.Create(workers)));
        pass.Tape.Reset(recording: false);
        pass.Begin(new ModeSelection(), 1);
        var words = IndexTensor.From(new Shape(Length), text);
        var states = model.States(pass, new TextBatch(words, words), Tensor.Allocate(new Shape(1, model.Unit.Hidden))).Values;
        int[] used = new int[Length];
        pass.Trace.CopyComposition(row: 0, used);
        var predictor = new NextWordPredictor(model);
        for (int t = 0; t < Length; t++)
        {
            predictor.Read(text[t]);
            Assert.Equal(states.Slice(t * model.Unit.Hidden, model.Unit.Hidden).ToArray(), predictor.State.ToArray());
            Assert.Equal(used[t], predictor.Selection.Modules[0]);
        }
        Assert.InRange(used.Distinct().Count(), 2, 15);
    }

    [Fact]
    public void The_most_probable_word_has_the_largest_log_probability()
    {
        var predictor = new NextWordPredictor(Model(modules: 5, picks: 1, families: 0, new ModeSelection()));
        for (int word = 0; word < Words; word++)
        {
            predictor.Read(word);
            float[] logProbabilities = predictor.LogProbabilities().ToArray();
            Assert.Equal(1, logProbabilities.Sum(value => Math.Exp(value)), 1e-5);
            Assert.Equal(logProbabilities.Max(), logProbabilities[predictor.MostProbableWord()]);
        }
    }

    [Fact]
    public void It_allocates_nothing()
    {
        var predictor = new NextWordPredictor(Model(modules: 6, picks: 2, families: 2, new ModeSelection(), all: true));
        Allocations.AssertNone(() =>
        {
            for (int word = 0; word < Words; word++)
            {
                predictor.Read(word);
                predictor.LogProbabilities();
                predictor.MostProbableWord();
            }
        });
    }

    [Fact]
    public void One_predictor_on_four_threads_answers_or_says_the_rule()
    {
        var predictor = new NextWordPredictor(Model(modules: 5, picks: 1, families: 0, new ModeSelection()));
        ManyThreads.AssertRightOrRefused(threads: 4, uses: 500, (_, use) =>
        {
            predictor.Read(use % Words);
            int word = predictor.SampleWord(1, Key);
            return word is >= 0 and < Words && predictor.MostProbableWord() is >= 0 and < Words;
        });
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(Words)]
    public void A_word_that_the_model_does_not_know_is_refused(int word)
    {
        var predictor = new NextWordPredictor(Model(modules: 2, picks: 1, families: 0, new ModeSelection()));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => predictor.Read(word));
        Assert.StartsWith(
            $"NextWordPredictor: word {word} is read; the model knows words 0 to {Words - 1}.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_model_of_a_run_is_loaded_from_its_folder()
    {
        using var folder = new TemporaryFolder();
        using var workers = new WorkerPool(1);
        var options = (LanguageModelOptions)RunCase.Options("ptb em", folder);
        RunCase.Complete(options, folder["run"]);
        var run = RunFolder.Open(folder["run"]);
        var corpus = PennTreebank.Load(options.Data);
        var experiment = BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers));
        run.Checkpoint.ReadParameters(experiment.Parameters);
        double expected = experiment.Evaluate("test").Of("test")!["perplexity"]!.Value;

        var predictor = new NextWordPredictor(TrainedLanguageModel.Load(run, corpus.Vocabulary.Count));
        int[] text = [corpus.Vocabulary.IdOf(Vocabulary.EndOfSentence), .. corpus.Test.Span];
        Assert.Equal(expected, Perplexity(predictor, text), 1e-5 * expected);
        var error = Assert.Throws<CheckpointException>(() => TrainedLanguageModel.Load(run, corpus.Vocabulary.Count + 1));
        Assert.Contains("embedding.weight", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_folder_of_another_experiment_is_refused()
    {
        using var folder = new TemporaryFolder();
        var run = NewRunFolder.Create(new Disk(), folder["run"], new ToyOptions());
        var error = Assert.Throws<RunException>(() => TrainedLanguageModel.Load(run, Words));
        Assert.Contains("not a language model's run", error.Message, StringComparison.Ordinal);
    }

    /// <summary>exp(-1/n Σ log p(word | words before)) of all words but the first.</summary>
    private static double Perplexity(NextWordPredictor predictor, int[] text)
    {
        double sum = 0;
        for (int t = 1; t < text.Length; t++)
        {
            predictor.Read(text[t - 1]);
            sum += predictor.LogProbabilities()[text[t]];
        }
        return Math.Exp(-sum / (text.Length - 1));
    }

    /// <summary>A model whose weights are large enough that state, input and module all matter.</summary>
    private static LanguageModel Model(int modules, int picks, int families, SelectionRule rule, bool all = false)
    {
        var sizes = new LanguageModelSizes
        {
            Modules = modules,
            Picks = picks,
            Families = new ModuleFamilies(families),
            StateActivation = StateActivation.Tanh,
            ModularGates = all,
            ModularReadout = all,
        };
        return Randomized(new LanguageModel(sizes, Words, rule, Key.Split("model")));
    }

    private static LanguageModel Randomized(LanguageModel model)
    {
        foreach (var parameter in model.Parameters)
        {
            var numbers = Key.Split(parameter.Name);
            for (int i = 0; i < parameter.Value.Values.Length; i++)
                parameter.Value.Values[i] = (2 * numbers.Uniform((ulong)i)) - 1;
        }
        return model;
    }
}
