using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class TextModelTests : IDisposable
{
    private const string Start = "st";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Preprocessing => _folder["run/preprocessing.json"];

    [Theory]
    [InlineData(TextUnit.Character)]
    [InlineData(TextUnit.Word)]
    [InlineData(TextUnit.Bpe)]
    public void A_run_goes_on_with_a_text_without_its_data(TextUnit unit)
    {
        Train(Options() with { Unit = unit, Window = 3 });
        File.Delete(_folder["own.txt"]);
        Directory.Move(_folder["run"], _folder["moved"]);
        var model = TextModel.Load(RunFolder.Open(_folder["moved"]));
        var prompt = model.Encoding.Encode(unit == TextUnit.Word ? "stone bird" : Start);
        string first = Continuation(model, prompt, temperature: 1, seed: 1);
        Assert.Equal(first, Continuation(model, prompt, temperature: 1, seed: 1));
        Assert.NotEqual(first, Continuation(model, prompt, temperature: 1, seed: 2));
        Assert.Equal(Continuation(model, prompt, temperature: 0, seed: 1), Continuation(model, prompt, temperature: 0, seed: 2));
    }

    [Fact]
    public void What_follows_is_drawn_by_the_models_probabilities()
    {
        Train(Options());
        var predictor = TextModel.Load(RunFolder.Open(_folder["run"])).StartText();
        const int Draws = 4000;
        foreach (double temperature in (double[])[0.5, 1, 2])
        {
            double[] weights = [.. predictor.LogProbabilities().ToArray().Select(value => Math.Exp(value / temperature))];
            int[] counts = new int[predictor.Words];
            for (ulong draw = 0; draw < Draws; draw++)
                counts[predictor.SampleWord(temperature, RandomKey.FromSeed(draw))]++;
            for (int word = 0; word < predictor.Words; word++)
            {
                double share = weights[word] / weights.Sum(), deviation = Math.Sqrt(share * (1 - share) / Draws);
                Assert.Equal(share, (double)counts[word] / Draws, 5 * deviation);
            }
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => predictor.SampleWord(-1, RandomKey.FromSeed(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => predictor.SampleWord(double.NaN, RandomKey.FromSeed(1)));
    }

    [Theory]
    [InlineData(TextUnit.Character)]
    [InlineData(TextUnit.Bpe)]
    public void One_model_on_eight_threads_answers_as_on_one(TextUnit unit)
    {
        Train(Options() with { Unit = unit, Vocabulary = unit == TextUnit.Bpe ? 260 : 0 });
        var model = TextModel.Load(RunFolder.Open(_folder["run"]));
        string[] texts = ["", "st", "stone b", "bird\nbird"];
        string Answer(string text) => RecordJson.Write(model.Predict(model.Encoding.Encode(text), count: 3)) + Continuation(model, model.Encoding.Encode(text), temperature: 1, seed: 3);
        string[] expected = [.. texts.Select(Answer)];
        Assert.Equal(texts.Length, expected.Distinct().Count());
        ManyThreads.AssertRight(threads: 8, uses: 40, (thread, use) => Answer(texts[(thread + use) % texts.Length]) == expected[(thread + use) % texts.Length]);
    }

    [Fact]
    public void Predictions_are_those_of_the_predictor()
    {
        Train(Options());
        var model = TextModel.Load(RunFolder.Open(_folder["run"]));
        var predictor = model.StartText();
        foreach (int id in model.Encoding.Encode(Start).Ids)
            predictor.Read(id);
        var all = model.Predict(model.Encoding.Encode(Start), count: 1000);
        Assert.Equal(predictor.Words, all.Next.Count);
        Assert.Equal(1, all.Next.Sum(next => next.Probability), 1e-5);
        Assert.Equal(all.Next, all.Next.OrderByDescending(next => next.Probability));
        Assert.Equal(model.Encoding.Vocabulary[predictor.MostProbableWord()], Assert.Single(model.Predict(model.Encoding.Encode(Start), count: 1).Next).Token);
        Assert.Equal([.. predictor.Selection.Modules], all.Modules);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"kind":"table"}""")]
    [InlineData("""{"kind":"text","unit":"character","vocabulary":["a"]}""")]
    public void A_changed_file_is_told_before_and_after_training(string text)
    {
        var options = Options();
        Train(options);
        File.WriteAllText(Preprocessing, text);
        var error = Assert.Throws<RunException>(() => TextModel.Load(RunFolder.Open(_folder["run"])));
        Assert.StartsWith($"{Preprocessing}: ", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<RunException>(() => RunCase.Resume(options with { Steps = 6 }, _folder["run"]));
        Assert.StartsWith($"{Preprocessing}: ", error.Message, StringComparison.Ordinal);
        File.Delete(Preprocessing);
        Assert.True(RunCase.Resume(options with { Steps = 6 }, _folder["run"]));
        Assert.NotEmpty(Continuation(TextModel.Load(RunFolder.Open(_folder["run"])), new EncodedText([], []), temperature: 1, seed: 1));
    }

    [Theory]
    [InlineData("""{"kind":"table"}""", "its kind is table; text was expected.")]
    [InlineData("""{"kind":"text","unit":"line","vocabulary":["a"]}""", "its unit is line; character, word or bpe was expected.")]
    [InlineData("""{"kind":"text","unit":"character","vocabulary":["a","a"]}""", "'a' stands twice")]
    [InlineData("""{"kind":"text","unit":"character","vocabulary":["ab"]}""", "'ab' is no character")]
    [InlineData("""{"kind":"text","unit":"character","vocabulary":[]}""", "it has no words")]
    [InlineData("""{"kind":"text","unit":"character"}""", "vocabulary")]
    [InlineData("""{"kind":"text","unit":"bpe","vocabulary":["a"]}""", "merges belong to byte-pair encoding")]
    [InlineData("""{"kind":"text","unit":"word","vocabulary":["a"],"merges":[]}""", "merges belong to byte-pair encoding")]
    [InlineData("""{"kind":"text","unit":"bpe","vocabulary":["a b"],"merges":[]}""", "'a b' is no token of bytes")]
    [InlineData("""{"kind":"text","unit":"bpe","vocabulary":["a"],"merges":[]}""", "the byte 00 is missing")]
    [InlineData("""{"kind":"text","unit":"character","vocabulary":[null]}""", "vocabulary")]
    public void A_file_that_no_checkpoint_covers_is_read_with_care(string text, string expected)
    {
        var run = NewRunFolder.Create(new Disk(), _folder["run"], Options());
        File.WriteAllText(Preprocessing, text);
        var error = Assert.Throws<RunException>(() => TextModel.Load(run));
        Assert.StartsWith($"{Preprocessing}: this is not the preprocessing of the run: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_elsewhere_in_its_place_and_a_pipe_are_refused()
    {
        Train(Options());
        File.Move(Preprocessing, _folder["elsewhere"]);
        File.CreateSymbolicLink(Preprocessing, _folder["elsewhere"]);
        Assert.Contains("leads outside", Assert.Throws<RunException>(() => TextModel.Load(RunFolder.Open(_folder["run"]))).Message, StringComparison.Ordinal);
        File.Delete(Preprocessing);
        NamedPipe.Make(Preprocessing);
        Assert.Contains("is a pipe", Assert.Throws<RunException>(() => TextModel.Load(RunFolder.Open(_folder["run"]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_an_earlier_version_asks_for_its_text()
    {
        Train(Options());
        var run = RunFolder.Open(_folder["run"]);
        string expected = Continuation(TextModel.Load(run), new EncodedText([], []), temperature: 1, seed: 1);
        File.Delete(Preprocessing);
        Assert.Equal(expected, Continuation(TextModel.Load(run), new EncodedText([], []), temperature: 1, seed: 1));
        File.Move(_folder["own.txt"], _folder["moved.txt"]);
        var error = Assert.Throws<RunException>(() => TextModel.Load(run));
        Assert.EndsWith($"the data of the training are not at {_folder["own.txt"]}. Give them with --data.", error.Message, StringComparison.Ordinal);
        Assert.Equal(expected, Continuation(TextModel.Load(run, _folder["moved.txt"]), new EncodedText([], []), temperature: 1, seed: 1));
        File.AppendAllText(_folder["moved.txt"], "More\n");
        error = Assert.Throws<RunException>(() => TextModel.Load(run, _folder["moved.txt"]));
        Assert.Contains("the data are not those that the run was trained on", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mixture_of_modules_is_refused_in_one_line()
    {
        Train(Options() with { Method = TrainingMethods.TopK, Controller = ControllerKind.Linear, Em = new(), TopK = new() { MixedModules = 2 } });
        var error = Assert.Throws<RunException>(() => TextModel.Load(RunFolder.Open(_folder["run"])));
        Assert.Contains("a text cannot be read character by character: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_that_grows_beyond_all_numbers_is_told()
    {
        Train(Options());
        var corpus = PlainText.Load(_folder["own.txt"]);
        var model = TrainedLanguageModel.Load(RunFolder.Open(_folder["run"]), corpus.Vocabulary.Count);
        model.Parameters[^1].Value.Values.Fill(float.PositiveInfinity);
        var predictor = new NextWordPredictor(model);
        predictor.Read(corpus.Encoding.Start);
        var error = Assert.Throws<NonFiniteLossException>(() => predictor.SampleWord(0, RandomKey.FromSeed(1)));
        Assert.Contains("not finite", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_inspection_is_read_as_it_was_written()
    {
        RunCase.Summarize(Options(), _folder["run"]);
        var run = RunFolder.Open(_folder["run"]);
        string written = File.ReadAllText(_folder["run/inspection.json"]);
        Assert.Equal(written, RecordJson.Write(run.ReadInspection()!) + "\n");
    }

    private static string Continuation(TextModel model, EncodedText prompt, double temperature, ulong seed) =>
        string.Concat(model.Continue(prompt, temperature, RandomKey.FromSeed(seed)).Take(60));

    private void Train(PlainTextOptions options) => RunCase.Complete(options, _folder["run"]);

    private PlainTextOptions Options()
    {
        var key = RandomKey.FromSeed(7);
        string text = string.Concat(Enumerable.Range(0, 300).Select(i => key.Below((ulong)i, 4) < 3 ? "stone bird" : "bird\n"));
        File.WriteAllText(_folder["own.txt"], text);
        return new PlainTextOptions
        {
            Data = _folder["own.txt"],
            Modules = 2,
            Window = 8,
            Embedding = 4,
            Hidden = 6,
            BatchSize = 8,
            Steps = 5,
            Optimizer = new() { LearningRate = 0.02 },
        };
    }
}
