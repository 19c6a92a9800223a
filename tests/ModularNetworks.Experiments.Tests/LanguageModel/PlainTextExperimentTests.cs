using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class PlainTextExperimentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WorkerPool _workers = new(1);

    public void Dispose()
    {
        _workers.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_short_training_learns_which_characters_follow_each_other()
    {
        // Each line is one of two words, so that most characters are known from the one before.
        var key = RandomKey.FromSeed(5);
        var options = Options(string.Concat(Enumerable.Range(0, 1000).Select(line => key.Below((ulong)line, 2) == 0 ? "stone\n" : "bird\n")));
        var experiment = Create(options);
        double before = Bits(experiment, "test");
        for (int step = 0; step < 300; step++)
            experiment.Trainer.Step();
        // A line has one bit, and 5.5 characters on the average.
        Assert.InRange(before, 2.5, 4);
        Assert.InRange(Bits(experiment, "valid"), 1 / 6.0, 0.3);
        Assert.InRange(Bits(experiment, "test"), 1 / 6.0, 0.3);
    }

    [Fact]
    public void The_files_of_a_folder_are_told()
    {
        var options = Options("");
        Directory.CreateDirectory(_folder["texts/deeper"]);
        for (int file = 1; file <= 5; file++)
            File.WriteAllText(_folder[$"texts/{file}.dat"], string.Concat(Enumerable.Repeat("to be\n", 40)));
        Assert.Equal(
            ["text: 1.dat, 2.dat, 3.dat and 2 more files, 1200 bytes; vocabulary of 6 characters; 1086 characters for training, 60 for validation, 54 for the test"],
            Create(options with { Data = _folder["texts"], Split = options.Split with { Split = TextSplitKind.Ordered } }).Preparations());
    }

    [Theory]
    [InlineData(WindowState.Carried, 2)]
    [InlineData(WindowState.Zero, 3)]
    public void Bits_per_character_are_the_perplexitys_logarithm(WindowState state, int numbers)
    {
        var options = Options(string.Concat(Enumerable.Repeat("to be or not to be\n", 40))) with { EvaluationState = state };
        var experiment = Create(options);
        var measured = experiment.Complete(experiment.Evaluate(double.PositiveInfinity));
        foreach (var split in measured.Splits)
            Assert.Equal(Math.Log2(split["perplexity"]!.Value), split["bitsPerCharacter"]!.Value, 1e-12);
        Assert.Equal(numbers, experiment.Complete(experiment.Evaluate("valid")).Of("test")!.Numbers.Count);
    }

    [Theory]
    [InlineData(TextUnit.Word)]
    [InlineData(TextUnit.Bpe)]
    public void Bits_of_other_units_are_spread_over_the_characters_of_the_same_text(TextUnit unit)
    {
        var options = Options(string.Concat(Enumerable.Repeat("to be or\r\nnot to b\u00E9\n", 40))) with { Window = 3 };
        var (characters, corpus) = (options.Load(), (options with { Unit = unit }).Load());
        Assert.Equal(characters.Characters, corpus.Characters);
        var test = Create(options with { Unit = unit }).Evaluate("test").Of("test")!;
        double nats = corpus.Test.Length * Math.Log(test["perplexity"]!.Value);
        Assert.Equal(nats / characters.Test.Length / Math.Log(2), test["bitsPerCharacter"]!.Value, 1e-12);
    }

    [Fact]
    public void Words_that_are_hidden_are_told_where_bits_leave_them_out()
    {
        string text = string.Concat(Enumerable.Repeat("to be or not to be\n", 40));
        string Notes(string training) => string.Join('\n', Create(
            Options(training) with { Unit = TextUnit.Word, Window = 3, Split = new() { Split = TextSplitKind.Ordered } }).Preparations());
        Assert.Contains("\n<unk> stands for words that are not in the vocabulary; bits/character leaves out", Notes("once\n" + text), StringComparison.Ordinal);
        Assert.DoesNotContain("<unk>", Notes(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("character", TextUnit.Character, 0)]
    [InlineData("word", TextUnit.Word, 0.2)]
    [InlineData("bpe", TextUnit.Bpe, 0)]
    public void A_unit_comes_with_what_suits_it(string name, TextUnit unit, double dropout)
    {
        var choice = LanguageModelExperiments.PlainText.Choices.Single(choice => choice.Name == "tokens");
        var options = (PlainTextOptions)choice.Apply(new PlainTextOptions { Hidden = 5 }, name);
        Assert.Equal((unit, dropout, 5), (options.Unit, options.Dropout, options.Hidden));
    }

    [Fact]
    public void A_configuration_of_an_earlier_version_cuts_by_units_and_knows_no_bits_of_words()
    {
        string text = string.Concat(Enumerable.Repeat("to be or not to be\n", 40));
        var options = Options(text) with { Unit = TextUnit.Word, Split = new() { Split = TextSplitKind.Units }, Window = 3 };
        string config = OptionsJson.Write(options).Replace("\"tokens\"", "\"unit\"", StringComparison.Ordinal);
        string earlier = string.Join('\n', config.Split('\n').Where(line => !line.Contains("\"split\"", StringComparison.Ordinal)));
        var read = (PlainTextOptions)BuiltInExperiments.Catalogue.ReadOptions(earlier, "config.json");
        Assert.Equal(OptionsJson.Write(options), OptionsJson.Write(read));
        var corpus = read.Load();
        Assert.Equal((252, 14, 14), (corpus.Train.Length, corpus.Valid.Length, corpus.Test.Length));
        Assert.Null(corpus.Characters);
        Assert.Equal(new TextCharacters(684, 38, 38), (read with { Unit = TextUnit.Character }).Load().Characters);
    }

    [Fact]
    public void A_text_that_is_shorter_than_a_window_is_told_in_its_units()
    {
        var options = Options(string.Concat(Enumerable.Repeat("ab\n", 30))) with { Split = new() { Split = TextSplitKind.Units } };
        var error = Assert.Throws<DataException>(() => Create(options with { Window = 20 }));
        Assert.Contains("the validation text has 4 characters; a window of 20 and the character after it need 21", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspections_and_snapshots_speak_of_characters()
    {
        var experiment = Create(Options(string.Concat(Enumerable.Repeat("a b\tc\n", 2000))));
        var snapshot = experiment.Snapshot(isFirst: true)!;
        Assert.Equal(["a", "b", "c", "\u2423", @"\n", @"\t"], snapshot.Rows!.Distinct().OrderBy(row => row.Length).ThenBy(row => row, StringComparer.Ordinal));
        Assert.Equal(["this character", "next character", "after next"], snapshot.Columns!);
        var layer = Assert.Single(experiment.Inspect()!.Layers);
        Assert.Equal(["character type", "character", "character before"], layer.Labels.Select(label => label.Kind));
        var quotations = layer.Details.SelectMany(module => module.Contexts ?? []).SelectMany(context => context.Examples);
        Assert.NotEmpty(quotations);
        Assert.All(quotations, quotation => Assert.DoesNotContain(quotation.Before + quotation.Word + quotation.After, char.IsControl));
    }

    [Fact]
    public void The_model_of_a_run_is_loaded_with_the_texts_vocabulary()
    {
        var options = Options(string.Concat(Enumerable.Repeat("to be or not to be\n", 40))) with { Steps = 5 };
        double expected = RunCase.Summarize(options, _folder["run"])["test"]!["perplexity"]!.GetValue<double>();
        var corpus = options.Load();
        var model = TrainedLanguageModel.Load(RunFolder.Open(_folder["run"]), corpus.Vocabulary.Count);
        var evaluation = new LanguageModelEvaluation(model, new Tape(SimdKernels.Create(_workers)), options.CreateRule());
        Assert.Equal(expected, evaluation.Perplexity(corpus.Test.Span, corpus.Encoding.Start));
    }

    private static double Bits(Experiment experiment, string split) => experiment.Evaluate(split).Of(split)!["bitsPerCharacter"]!.Value;

    private Experiment Create(PlainTextOptions options) => BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(_workers));

    private PlainTextOptions Options(string text)
    {
        File.WriteAllText(_folder["own.txt"], text);
        return new PlainTextOptions
        {
            Data = _folder["own.txt"],
            Modules = 2,
            Window = 10,
            Embedding = 8,
            Hidden = 12,
            BatchSize = 16,
            Optimizer = new() { LearningRate = 0.02 },
        };
    }
}
