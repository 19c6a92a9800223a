using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

/// <summary>Language models whose gates and readout are modular.</summary>
public sealed class ModularReadoutTests
{
    private const int Batch = 3;
    private const int Words = 7;

    private static readonly LanguageModelSizes Sizes = new() { Modules = 4, Picks = 2, Window = 4, Embedding = 3, Hidden = 3 };
    private static readonly RandomKey Key = RandomKey.FromSeed(83);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void It_begins_as_a_softmax_that_knows_no_modules(int families)
    {
        var sizes = Sizes with { Families = new ModuleFamilies(families) };
        double[] expected = LogLikelihood(new LanguageModel(sizes, Words, new ModeSelection(), Key));
        var model = new LanguageModel(sizes with { ModularReadout = true }, Words, new ModeSelection(), Key);
        Assert.Equal(expected, LogLikelihood(model));
        // From the first gradient on it differs by module.
        var weight = model.Parameters.Single(parameter => parameter.Name == "readout.weight").Value.Values;
        weight[..(weight.Length / 2)].Fill(0.3f);
        Assert.NotEqual(expected, LogLikelihood(model));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void All_gradients_agree_with_central_differences(bool mixes)
    {
        SelectionRule rule = mixes ? new MixtureSelection(2, Key) : new GivenSelection(Compositions());
        var sizes = Sizes with { Picks = mixes ? 1 : 2, ModularGates = true, ModularReadout = true, StateActivation = StateActivation.Tanh };
        var model = new LanguageModel(sizes, Words, mixes ? rule : new ModeSelection(), Key);
        foreach (var parameter in model.Parameters)
        {
            var numbers = Key.Split(parameter.Name);
            parameter.ConvertTo(Precision.Double);
            var values = parameter.Value.As<double>();
            for (int i = 0; i < values.Length; i++)
                values[i] = (2 * numbers.Uniform((ulong)i)) - 1;
        }
        var worst = GradientCheck.LargestError(model.Parameters, tape =>
        {
            var pass = new ForwardPass(tape);
            pass.Begin(rule, Batch);
            var loss = tape.Mean(model.LogLikelihood(pass, Windows()));
            return pass.Trace.LogProbability is { } probability ? tape.Add(loss, tape.Mean(probability)) : loss;
        });
        Assert.True(worst.Size < 1e-6, worst.ToString());
    }

    private static double[] LogLikelihood(LanguageModel model)
    {
        using var workers = new WorkerPool(1);
        var pass = new ForwardPass(new Tape(SimdKernels.Create(workers)));
        pass.Tape.Reset(recording: false);
        pass.Begin(new GivenSelection(Compositions()), Batch);
        return [.. model.LogLikelihood(pass, Windows()).Values.ToArray().Select(value => (double)value)];
    }

    private static TextBatch Windows() => new(RandomWords(Key.Split("inputs")), RandomWords(Key.Split("targets")));

    private static IndexTensor RandomWords(RandomKey key) => IndexTensor.From(
        new Shape(Sizes.Window * Batch), [.. Enumerable.Range(0, Sizes.Window * Batch).Select(i => key.Below((ulong)i, Words))]);

    private static IndexTensor Compositions()
    {
        int length = Sizes.Window * Sizes.Picks;
        return IndexTensor.From(
            new Shape(Batch, length), [.. Enumerable.Range(0, Batch * length).Select(i => Key.Below((ulong)i, Sizes.Modules))]);
    }
}
