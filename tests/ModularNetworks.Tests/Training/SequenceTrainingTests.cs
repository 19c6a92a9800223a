using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class SequenceTrainingTests
{
    private static readonly SequenceSizes Sizes = new(Items: 11, Embedding: 4, Hidden: 5, Modules: 3, Picks: 2, Steps: 6);

    [Fact]
    public void Training_raises_the_bound()
    {
        using var bench = new Workbench(Precision.Single);
        var (network, trainer) = Create(bench);
        double before = trainer.Step().LogLikelihood;
        for (int i = 0; i < 150; i++)
            trainer.Step();
        double after = trainer.Step().LogLikelihood;
        Assert.True(after > before + 5, $"The log-likelihood went from {before} to {after}.");
        Assert.All(network.Parameters, parameter => Assert.True(float.IsFinite(parameter.Value.Values[0])));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void The_number_of_threads_does_not_change_a_bit(int threads)
    {
        using var one = new Workbench(Precision.Single);
        using var several = new Workbench(Precision.Single, threads);
        var (expected, first) = Create(one);
        var (actual, second) = Create(several);
        for (int i = 0; i < 20; i++)
            Assert.Equal(first.Step(), second.Step());
        foreach (var (wanted, got) in expected.Parameters.Zip(actual.Parameters))
            Assert.Equal(wanted.Value.Values.ToArray(), got.Value.Values.ToArray());
        Assert.Equal(first.Compositions!.Bytes.ToArray(), second.Compositions!.Bytes.ToArray());
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        using var bench = new Workbench(Precision.Single);
        var (_, trainer) = Create(bench);
        Allocations.AssertNone(() =>
        {
            for (int i = 0; i < 40; i++)
                trainer.Step();
        });
    }

    [Theory]
    [InlineData("embedding.weight")]
    [InlineData("gru.gates.weight")]
    [InlineData("gru.modules.weight")]
    [InlineData("gru.modules.bias")]
    [InlineData("gru.controller.weight")]
    [InlineData("output.weight")]
    public void Any_parameter_that_is_not_a_number_stops_training(string name)
    {
        using var bench = new Workbench(Precision.Single);
        var (network, trainer) = Create(bench);
        network.Parameters.Single(parameter => parameter.Name == name).Value.Values.Fill(float.NaN);
        var error = Assert.Throws<NonFiniteLossException>(() => trainer.Step());
        Assert.Contains("step 1", error.Message, StringComparison.Ordinal);
    }

    private static (SequenceNetwork Network, ViterbiEm<SequenceBatch> Trainer) Create(Workbench bench)
    {
        var network = new SequenceNetwork(Sizes);
        var trainer = new ViterbiEm<SequenceBatch>(
            network,
            new SequenceProblem(100, Sizes, RandomKey.FromSeed(5)),
            new Adam(network.Parameters, bench.Kernels, learningRate: 0.02),
            bench.Tape,
            RandomKey.FromSeed(6),
            new ViterbiEmOptions { BatchSize = 33, Samples = 3, MStepsPerEStep = 4 });
        return (network, trainer);
    }
}
