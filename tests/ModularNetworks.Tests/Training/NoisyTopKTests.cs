using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class NoisyTopKTests
{
    private static readonly SequenceSizes Sequences = new(Items: 11, Embedding: 4, Hidden: 5, Modules: 6, Picks: 1, Steps: 6);

    private static readonly NoisyTopKOptions Balanced =
        new() { BatchSize = 33, MixedModules = 2, ImportanceLoss = 0.1, LoadLoss = 0.1 };

    [Fact]
    public void Training_raises_the_likelihood_of_sequences()
    {
        using var bench = new Workbench(Precision.Single);
        var (network, trainer) = Create(bench);
        double before = trainer.Step().LogLikelihood;
        for (int i = 0; i < 200; i++)
            trainer.Step();
        var after = trainer.Step();
        Assert.True(after.LogLikelihood > before + 5, $"The log-likelihood went from {before} to {after.LogLikelihood}.");
        Assert.Equal((202, 0), (trainer.Steps, after.SelectionLogProbability));
        Assert.Null(trainer.Compositions);
        Assert.Contains(network.Unit.Gate().Weight.Value.ToDoubles(), value => value != 0);
    }

    [Fact]
    public void Training_raises_the_likelihood_of_layers()
    {
        using var bench = new Workbench(Precision.Single);
        var network = MixtureNetworks.Create(layers: 1, modules: 2);
        var trainer = new NoisyTopK<VectorBatch>(
            network, new ToyProblem(230, RandomKey.FromSeed(1)), new Adam(network.Parameters, bench.Kernels, 0.01), bench.Tape,
            RandomKey.FromSeed(2), new NoisyTopKOptions { BatchSize = 50, MixedModules = 2 });
        double before = trainer.Step().LogLikelihood;
        for (int i = 0; i < 400; i++)
            trainer.Step();
        double after = trainer.Step().LogLikelihood;
        Assert.True(after > before + 1, $"The log-likelihood went from {before} to {after}.");
    }

    [Fact]
    public void Balancing_losses_spread_the_use_of_modules()
    {
        double Variation(double loss)
        {
            using var bench = new Workbench(Precision.Single);
            var options = new NoisyTopKOptions { BatchSize = 33, MixedModules = 1, ImportanceLoss = loss, LoadLoss = loss };
            var (network, trainer) = Create(bench, options);
            // All logits are in favour of module 0.
            var weight = network.Unit.Gate().Weight;
            for (int i = 0; i < weight.Shape.Count; i += 2 * Sequences.Modules)
                weight.Value.Values[i] = 1;
            for (int i = 0; i < 100; i++)
                trainer.Step();
            return weight.Value.ToDoubles().Where((_, i) => i % (2 * Sequences.Modules) == 0).Sum(Math.Abs);
        }
        Assert.Equal(9, Variation(0)); // k = 1: nothing else teaches the gate
        Assert.True(Variation(1) < 8.5);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void The_number_of_threads_does_not_change_a_bit(int threads)
    {
        using var one = new Workbench(Precision.Single);
        using var several = new Workbench(Precision.Single, threads);
        var (expected, first) = Create(one, Balanced);
        var (actual, second) = Create(several, Balanced);
        for (int i = 0; i < 20; i++)
            Assert.Equal(first.Step(), second.Step());
        AssertSame(expected, actual);
    }

    [Fact]
    public void A_run_goes_on_from_a_checkpoint_as_if_it_had_not_stopped()
    {
        using var bench = new Workbench(Precision.Single);
        Interruption.AssertChangesNothing(() => Create(bench, Balanced).Trainer, after: 7, steps: 14);
    }

    [Fact]
    public void Every_step_draws_its_own_noise()
    {
        using var bench = new Workbench(Precision.Single);
        var network = new SequenceNetwork(Sequences, new MixtureSelection(4));
        // One datapoint and a step size of nothing: steps differ by their noise alone.
        var trainer = new NoisyTopK<SequenceBatch>(
            network, new SequenceProblem(1, Sequences, RandomKey.FromSeed(1)), new Sgd(network.Parameters, bench.Kernels, 1e-30),
            bench.Tape, RandomKey.FromSeed(2), new NoisyTopKOptions { MixedModules = 2 });
        Assert.NotEqual(trainer.Step(), trainer.Step());
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        using var bench = new Workbench(Precision.Single);
        var (_, trainer) = Create(bench, Balanced);
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
    [InlineData("gru.noisyGate.weight")]
    [InlineData("output.weight")]
    public void Any_parameter_that_is_not_a_number_stops_training(string name)
    {
        using var bench = new Workbench(Precision.Single);
        var (network, trainer) = Create(bench);
        network.Parameters.Single(parameter => parameter.Name == name).Value.Values.Fill(float.NaN);
        var error = Assert.Throws<NonFiniteLossException>(() => trainer.Step());
        Assert.Contains("step 1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, -0.1, 0)]
    [InlineData(1, 0, -0.1)]
    public void Options_out_of_range_are_refused(int mixed, double importance, double load)
    {
        using var bench = new Workbench(Precision.Single);
        var options = new NoisyTopKOptions { MixedModules = mixed, ImportanceLoss = importance, LoadLoss = load };
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(bench, options));
    }

    private static (SequenceNetwork Network, NoisyTopK<SequenceBatch> Trainer) Create(
        Workbench bench, NoisyTopKOptions? options = null)
    {
        var network = new SequenceNetwork(Sequences, new MixtureSelection(4));
        var data = new SequenceProblem(100, Sequences, RandomKey.FromSeed(5));
        var adam = new Adam(network.Parameters, bench.Kernels, learningRate: 0.02);
        options ??= new NoisyTopKOptions { BatchSize = 33 };
        return (network, new NoisyTopK<SequenceBatch>(network, data, adam, bench.Tape, RandomKey.FromSeed(6), options));
    }

    private static void AssertSame(SequenceNetwork expected, SequenceNetwork actual)
    {
        foreach (var (wanted, got) in expected.Parameters.Zip(actual.Parameters))
            Assert.Equal(wanted.Value.Values.ToArray(), got.Value.Values.ToArray());
    }
}
