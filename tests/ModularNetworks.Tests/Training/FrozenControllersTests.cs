using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>EM whose controllers stay as they are after some steps.</summary>
public sealed class FrozenControllersTests
{
    private const int FrozenAfter = 5, Steps = 12;

    [Theory]
    [InlineData(2, true)]
    [InlineData(2, false)]
    [InlineData(0, false)]
    public void Controllers_keep_every_bit_while_modules_and_E_steps_go_on(int mStepsPerEStep, bool lazy)
    {
        using var bench = new Workbench(Precision.Single);
        var (network, trainer) = Create(bench, FrozenAfter, lazy, mStepsPerEStep);
        float[][] begun = Controllers(network);
        Take(trainer, FrozenAfter);
        float[][] kept = Controllers(network), modules = Modules(network);
        long eSteps = trainer.ESteps;
        Take(trainer, Steps - FrozenAfter);
        Assert.All(kept.Zip(begun), pair => Assert.NotEqual(pair.Second, pair.First));
        Assert.Equal(kept, Controllers(network));
        Assert.All(modules.Zip(Modules(network)), pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.Equal(mStepsPerEStep > 0 ? 6 : 0, trainer.ESteps);
        Assert.Equal(mStepsPerEStep > 0, trainer.ESteps > eSteps);
    }

    [Fact]
    public void Until_then_training_is_as_without()
    {
        using var bench = new Workbench(Precision.Single);
        var ((frozen, one), (free, other)) = (Create(bench, FrozenAfter), Create(bench, null));
        Take(one, FrozenAfter);
        Take(other, FrozenAfter);
        foreach (var (expected, actual) in free.Parameters.Zip(frozen.Parameters))
            Assert.Equal(expected.Value.Values.ToArray(), actual.Value.Values.ToArray());
        other.Step();
        Assert.NotEqual(Controllers(frozen), Controllers(free));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void A_run_resumes_before_and_after(int interruption)
    {
        using var bench = new Workbench(Precision.Single);
        using var folder = new TemporaryFolder();
        var checkpoint = new Checkpoint(folder.Path);
        var (network, whole) = Create(bench, FrozenAfter);
        Take(whole, interruption);
        checkpoint.Write(new Disk(), network.Parameters, whole, "{}");
        Take(whole, Steps - interruption);
        var (resumed, rest) = Create(bench, FrozenAfter);
        checkpoint.Read(resumed.Parameters, rest);
        Take(rest, Steps - interruption);
        foreach (var (expected, actual) in network.Parameters.Zip(resumed.Parameters))
            Assert.Equal(expected.Value.Values.ToArray(), actual.Value.Values.ToArray());
        Assert.Equal(whole.Compositions!.Bytes.ToArray(), rest.Compositions!.Bytes.ToArray());
    }

    [Fact]
    public void Controllers_that_are_not_known_or_change_otherwise_are_refused()
    {
        using var bench = new Workbench(Precision.Single);
        var network = VectorNetwork.Create(layers: 1, modules: 2, picks: 1);
        Assert.Contains("Override ControllerParameters", Refusal(new WholeNetwork<VectorBatch>(network), new()), StringComparison.Ordinal);
        Assert.Contains("exchange logits", Refusal(network, new() { Keyed = new() { ExchangesLogits = true } }), StringComparison.Ordinal);

        string Refusal(ModularNetwork<VectorBatch> refused, ViterbiEmOptions options) => Assert.Throws<ArgumentException>(
            () => new ViterbiEm<VectorBatch>(
                refused, new ToyProblem(50, RandomKey.FromSeed(1)), new Adam(network.Parameters, bench.Kernels), bench.Tape, RandomKey.FromSeed(2),
                options with { FreezeControllersAfter = 5 })).Message;
    }

    private static float[][] Controllers(VectorNetwork network) =>
        [.. network.ControllerParameters.Select(parameter => parameter.Value.Values.ToArray())];

    private static float[][] Modules(VectorNetwork network) =>
        [.. network.Parameters.Except(network.ControllerParameters).Select(parameter => parameter.Value.Values.ToArray())];

    private static void Take(ViterbiEm<VectorBatch> trainer, int steps)
    {
        for (int i = 0; i < steps; i++)
            trainer.Step();
    }

    private static (VectorNetwork Network, ViterbiEm<VectorBatch> Trainer) Create(
        Workbench bench, long? frozenAfter, bool lazy = true, int mStepsPerEStep = 2)
    {
        var network = VectorNetwork.Create(layers: 2, modules: 3, picks: 1);
        var adam = new Adam(network.Parameters, bench.Kernels, learningRate: 0.02, lazy: lazy) { WeightDecay = 0.1, MaxGradientNorm = 1 };
        var options = new ViterbiEmOptions { BatchSize = 13, MStepsPerEStep = mStepsPerEStep, FreezeControllersAfter = frozenAfter };
        return (network, new ViterbiEm<VectorBatch>(
            network, new ToyProblem(230, RandomKey.FromSeed(1)), adam, bench.Tape, RandomKey.FromSeed(2), options));
    }
}
