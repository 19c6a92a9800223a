using ModularNetworks.Data;
using ModularNetworks.Engine;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace ModularNetworks.Onnx.Tests;

/// <summary>Language models in ONNX Runtime read as they do here.</summary>
public sealed class LanguageModelTests
{
    private const int Words = 11;
    private const int Steps = 20;
    private const int Texts = 50;

    private static readonly LanguageModelSizes Sizes = new() { Modules = 4, Embedding = 5, Hidden = 6, StateActivation = StateActivation.Tanh };

    // [texts, steps]
    private static readonly int[] DrawnWords = Drawn.Below(Words, Texts * Steps, seed: 3);

    public static TheoryData<string> Models => ["linear", "two of families", "table", "pairs", "all of its own", "fixed", "mixed", "mixed, all of its own"];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_language_model_reads_word_by_word(string name)
    {
        var (model, expected) = Model(name);
        using var file = new OnnxFile(stream => OnnxExport.Write(stream, model, rule: RuleOf(name)));
        foreach (int batch in (int[])[1, 7, Texts])
        {
            foreach (int[] texts in Enumerable.Range(0, Texts).Chunk(batch))
                ReadByWord(file, model, texts, expected);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_language_model_reads_windows(string name)
    {
        var (model, expected) = Model(name);
        using var file = new OnnxFile(stream => OnnxExport.Write(stream, model, steps: LanguageModelSteps.Window, rule: RuleOf(name)));
        foreach (int batch in (int[])[1, 7, Texts])
        {
            foreach (int[] texts in Enumerable.Range(0, Texts).Chunk(batch))
                ReadAtOnce(file, model, texts, expected);
        }
    }

    [Fact]
    public void The_file_tells_the_vocabulary()
    {
        var model = new LanguageModel(Sizes, 2, new ModeSelection(), RandomKey.FromSeed(1));
        var encoding = new TextEncoding(TextUnit.Character, Vocabulary.FromOrderedWords(["\n", "a"]));
        using var file = new OnnxFile(stream => OnnxExport.Write(stream, model, encoding));
        Assert.Equal("character", file.Properties["unit"]);
        Assert.Equal("0", file.Properties["start"]);
        Assert.Equal("""["\n","a"]""", file.Properties["vocabulary"]);
        Assert.Equal(["token", "state"], file.Inputs);
        Assert.Equal(["logits", "next_state", "gru_modules"], file.Outputs);
    }

    [Fact]
    public void Another_vocabulary_is_refused()
    {
        var model = new LanguageModel(Sizes, 3, new ModeSelection(), RandomKey.FromSeed(1));
        var encoding = new TextEncoding(TextUnit.Character, Vocabulary.FromOrderedWords(["\n", "a"]));
        Assert.Throws<ArgumentException>(() => OnnxExport.Write(Stream.Null, model, encoding));
    }

    private static (LanguageModel Model, Reading[] Expected) Model(string name)
    {
        var sizes = name switch
        {
            "two of families" => Sizes with { Picks = 2, Families = new ModuleFamilies(2), StateActivation = StateActivation.Relu },
            "table" => Sizes with { Controller = ControllerKind.Table },
            "pairs" => Sizes with { Controller = ControllerKind.Table, BigramKeys = true },
            "mixed, all of its own" => Sizes with { ModularGates = true, ModularReadout = true },
            "all of its own" => Sizes with { Controller = ControllerKind.Multilayer, ModularGates = true, ModularReadout = true, Picks = 2 },
            "fixed" => Sizes with { Modules = 3, Picks = 3, ModularReadout = true },
            _ => Sizes,
        };
        var rule = RuleOf(name);
        var model = new LanguageModel(sizes, Words, rule, RandomKey.FromSeed(1));
        model.Randomized(model.Parameters, deviation: 0.4);
        Reading[] readings = [.. Enumerable.Range(0, Texts).SelectMany(text => rule is MixtureSelection
            ? ReadMixed(model, rule, DrawnWords.AsSpan(text * Steps, Steps))
            : Read(model, DrawnWords.AsSpan(text * Steps, Steps)))];
        Assert.Equal(sizes.Modules, readings.SelectMany(reading => reading.Modules).Distinct().Count());
        return (model, readings);
    }

    private static SelectionRule RuleOf(string name) =>
        name == "fixed" ? new FixedSelection() : name.StartsWith("mixed", StringComparison.Ordinal) ? new MixtureSelection(2) : new ModeSelection();

    // A mixture is read by a whole run only.
    private static List<Reading> ReadMixed(LanguageModel model, SelectionRule rule, ReadOnlySpan<int> words)
    {
        var pass = new ForwardPass(new Tape(SimdKernels.Create(new WorkerPool(threadCount: 1))));
        pass.Begin(rule, batchSize: 1);
        var read = IndexTensor.From(new Shape(Steps), words);
        var states = model.States(pass, new TextBatch(read, read), Tensor.Allocate(new Shape(1, model.Unit.Hidden)));
        var readout = model.ReadoutLayer is { } layer ? pass.Tape.Add(states, layer.Forward(pass, states, leader: 0)) : states;
        var logProbabilities = pass.Tape.LogSoftmax(model.Output.Logits(pass.Tape, readout));
        var (modules, _, shares) = pass.Trace.SelectionOf(0);
        return [.. Enumerable.Range(0, Steps).Select(step => new Reading(
            [.. logProbabilities.Values.Slice(step * Words, Words)], [.. states.Values.Slice(step * model.Unit.Hidden, model.Unit.Hidden)],
            [.. modules.Values.Slice(step * 2, 2)], [.. shares!.Values.Slice(step * 2, 2)]))];
    }

    private static List<Reading> Read(LanguageModel model, ReadOnlySpan<int> words)
    {
        var predictor = new NextWordPredictor(model);
        var readings = new List<Reading>();
        foreach (int word in words)
        {
            predictor.Read(word);
            readings.Add(new Reading(predictor.LogProbabilities().ToArray(), predictor.State.ToArray(), predictor.Selection.Modules.ToArray(), []));
        }
        return readings;
    }

    private static void ReadByWord(OnnxFile file, LanguageModel model, int[] texts, Reading[] expected)
    {
        float[] states = new float[texts.Length * model.Unit.Hidden];
        long[] before = new long[texts.Length];
        for (int step = 0; step < Steps; step++)
        {
            long[] words = [.. texts.Select(text => (long)DrawnWords[(text * Steps) + step])];
            var answers = file.Run([
                OnnxFile.Input<long>("token", words, texts.Length), OnnxFile.Input<float>("state", states, texts.Length, model.Unit.Hidden),
                .. Before(file, before)]);
            RequireEqual(file, [.. texts.Select(text => expected[(text * Steps) + step])], answers);
            states = answers.Numbers("next_state");
            Equal.Numbers([.. texts.SelectMany(text => expected[(text * Steps) + step].State)], states);
            before = words;
        }
    }

    private static void ReadAtOnce(OnnxFile file, LanguageModel model, int[] texts, Reading[] expected)
    {
        long[] words = [.. texts.SelectMany(text => DrawnWords[(text * Steps)..((text + 1) * Steps)]).Select(word => (long)word)];
        var answers = file.Run([
            OnnxFile.Input<long>("tokens", words, texts.Length, Steps),
            OnnxFile.Input<float>("state", new float[texts.Length * model.Unit.Hidden], texts.Length, model.Unit.Hidden), .. Before(file, new long[texts.Length])]);
        RequireEqual(file, [.. texts.SelectMany(text => expected[(text * Steps)..((text + 1) * Steps)])], answers);
        Equal.Numbers([.. texts.SelectMany(text => expected[(text * Steps) + Steps - 1].State)], answers.Numbers("next_state"));
    }

    private static Microsoft.ML.OnnxRuntime.NamedOnnxValue[] Before(OnnxFile file, long[] before) =>
        file.Inputs.Contains("before") ? [OnnxFile.Input<long>("before", before, before.Length)] : [];

    private static void RequireEqual(OnnxFile file, Reading[] expected, OnnxFile.Answers answers)
    {
        float[] logits = answers.Numbers("logits");
        Equal.Numbers([.. expected.SelectMany(reading => reading.LogProbabilities)], [.. logits.Chunk(Words).SelectMany(LogSoftmax)]);
        if (file.Outputs.Contains("gru_modules"))
            Assert.Equal(expected.SelectMany(reading => reading.Modules), answers.Modules("gru"));
        if (file.Outputs.Contains("gru_shares"))
            Equal.Numbers([.. expected.SelectMany(reading => reading.Shares)], answers.Numbers("gru_shares"));
    }

    private static IEnumerable<float> LogSoftmax(float[] logits)
    {
        double largest = TensorPrimitives.Max(logits), sum = logits.Sum(logit => Math.Exp(logit - largest));
        return logits.Select(logit => (float)(logit - largest - Math.Log(sum)));
    }

    /// <summary>What the model knows after a word.</summary>
    private sealed record Reading(float[] LogProbabilities, float[] State, int[] Modules, float[] Shares);
}
