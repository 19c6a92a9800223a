using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>A unit whose parts do not fit is refused; one that fits learns from every candidate.</summary>
public sealed class ModularGruPartsTests
{
    private const int Inputs = 3;
    private const int Hidden = 4;

    private static readonly RandomKey Key = RandomKey.FromSeed(71);

    [Theory]
    [InlineData(Hidden + Inputs - 1, Hidden)]
    [InlineData(Hidden + Inputs + 1, Hidden)]
    [InlineData(Hidden + Inputs, Hidden - 1)]
    [InlineData(Hidden + Inputs, Hidden + 1)]
    public void Linear_modules_of_other_sizes_are_refused(int inputs, int outputs)
    {
        var pool = new LinearModules("modules", 2, inputs, outputs, Activation.None, Key);
        var controller = new LinearController("controller", Hidden + Inputs, 2, picks: 1, Key);
        var error = Assert.Throws<ArgumentException>(() => new ModularGru("gru", Inputs, Hidden, pool, controller, Key));
        Assert.Contains($"the weights of the modules have shape [2, {inputs}, {outputs}]; [2, 7, 4] is needed", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Hidden + Inputs - 1)]
    [InlineData(Hidden + Inputs + 1)]
    public void A_linear_controller_or_a_gate_of_another_size_is_refused(int inputs)
    {
        Chooser[] choosers = [new LinearController("controller", inputs, 2, picks: 1, Key), new NoisyGate("gate", inputs, 2)];
        foreach (var chooser in choosers)
        {
            var error = Assert.Throws<ArgumentException>(
                () => new ModularGru("gru", Inputs, Hidden, Modules(), chooser, Key));
            Assert.Contains($"have shape [{inputs}, ", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Samples_of_several_candidates_have_gradients()
    {
        using var bench = new Workbench(Precision.Double);
        var network = new SequenceNetwork(new SequenceSizes(Items: 5, Embedding: 3, Hidden: 4, Modules: 3, Picks: 1, Steps: 4));
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        var data = SequenceNetwork.Batch(Key, new SequenceSizes(5, 3, 4, 3, 1, 4), 2, Precision.Double);
        bench.Pass.BeginCandidates(IndexTensor.Allocate(new Shape(2, 4)), samples: 3, Key);
        bench.Tape.Backward(bench.Loss(network.LogLikelihood(bench.Pass, data)));
        Assert.All(network.Parameters, parameter => Assert.Contains(parameter.Gradient.ToDoubles(), value => value != 0));
    }

    [Fact]
    public void Given_modules_need_no_controller_and_EM_says_that_it_does()
    {
        using var bench = new Workbench(Precision.Double);
        var layer = new ModularLayer("layer", new LinearModules("modules", 2, 2, 2, Activation.None, Key), new FixedChoice(2));
        var network = new VectorNetwork(GaussianLikelihood.Fixed(1), layer);
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        var data = VectorNetwork.Batch(Key, 3, 2, Precision.Double);
        bench.Pass.BeginGiven(Enumeration.ForAll(3, [1, 0]));
        network.LogLikelihood(bench.Pass, data);
        Assert.Null(bench.Pass.Trace.LogProbability);
        var store = new CompositionStore(network.Layout, 3, Key);
        var step = new MStep<VectorBatch>(network, new StoredCompositions<VectorBatch>(store), bench.Tape, new Adam(network.Parameters, bench.Kernels));
        var error = Assert.Throws<InvalidOperationException>(() => step.Run([0, 1, 2], data, Key));
        Assert.Contains("no layer has a controller", error.Message, StringComparison.Ordinal);
    }

    private static LinearModules Modules() => new("modules", 2, Hidden + Inputs, Hidden, Activation.None, Key);
}
