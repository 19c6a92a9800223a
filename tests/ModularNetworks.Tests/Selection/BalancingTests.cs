using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>The balancing losses of noisy top-k gating against their definitions in plain C#.</summary>
public sealed class BalancingTests
{
    private const int Batch = 6;

    private static readonly RandomKey Key = RandomKey.FromSeed(61);
    private static readonly SequenceSizes Sizes = new(Items: 7, Embedding: 3, Hidden: 4, Modules: 5, Picks: 1, Steps: 4);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Losses_of_a_layer_are_as_defined(int mixed)
    {
        var gate = RandomGate(modules: 5);
        var (rows, weight) = (Inputs(Batch, 3), gate.Weight.Value.ToDoubles());
        var (importance, load) = Expected(rows, weight, Noise(Batch, 5), mixed);
        Assert.Equal(importance, Loss(gate, rows, mixed, new Balancing(1, 0)), 1e-12);
        Assert.Equal(load, Loss(gate, rows, mixed, new Balancing(0, 1)), 1e-9);
        Assert.Equal((0.3 * importance) + (0.8 * load), Loss(gate, rows, mixed, new Balancing(0.3, 0.8)), 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_closed_form_of_load_is_the_probability_of_being_kept(int mixed)
    {
        var gate = RandomGate(modules: 5);
        double[][] noise = Noise(Batch, 5);
        foreach (var (row, n) in Inputs(Batch, 3).Select((row, n) => (row, n)))
        {
            var (clean, deviation) = PlainNoisyGate.Logits(row, gate.Weight.Value.ToDoubles());
            double[] noisy = PlainNoisyGate.Noisy(clean, deviation, noise[n]);
            double[] enumerated = PlainNoisyGate.ProbabilitiesByEnumeration(clean, deviation, noisy, mixed);
            Numbers.AssertClose(enumerated, PlainNoisyGate.Probabilities(clean, deviation, noisy, mixed), 2e-4, $"row {n}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Losses_of_the_unit_sum_over_time_steps_and_see_its_states(int mixed)
    {
        using var bench = new Workbench(Precision.Double);
        var network = new SequenceNetwork(Sizes, new MixtureSelection(4));
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        var data = SequenceNetwork.Batch(Key, Sizes, 3, Precision.Double);
        bench.Pass.Begin(new MixtureSelection(mixed, Key, new Balancing(0.3, 0.8)), 3);
        var states = network.States(bench.Pass, data);
        double[][] before = [.. PlainNoisyGate.Rows(data.Initial), .. PlainNoisyGate.Rows(states)[..^3]];
        double[][] inputs = PlainNoisyGate.Rows(network.Embedding.Forward(bench.Tape, data.Inputs));
        double[][] rows = [.. before.Zip(inputs, (state, input) => (double[])[.. state, .. input])];
        double[] weight = network.Unit.Gate().Weight.Value.ToDoubles();
        var (importance, load) = Expected(rows, weight, Noise(rows.Length, Sizes.Modules), mixed);
        Assert.Equal((0.3 * importance) + (0.8 * load), bench.Pass.Trace.BalancingLoss!.ToScalar(), 1e-9);
    }

    [Fact]
    public void Losses_of_several_layers_add_up_and_are_forgotten_by_the_next_run()
    {
        using var bench = new Workbench(Precision.Double);
        var gate = RandomGate(modules: 5);
        var input = AsTensor(Inputs(Batch, 3));
        bench.Pass.Begin(new MixtureSelection(2, Key, new Balancing(1, 1)), Batch);
        bench.Mix(gate, input);
        double first = bench.Pass.Trace.BalancingLoss!.ToScalar();
        bench.Mix(gate, input);
        double both = bench.Pass.Trace.BalancingLoss!.ToScalar();
        // The second layer draws other noise, and has another loss.
        Assert.True(both > first && Math.Abs(both - (2 * first)) > 1e-6);
        bench.Pass.Begin(new MixtureSelection(2, Key), Batch);
        Assert.Null(bench.Pass.Trace.BalancingLoss);
        bench.Mix(gate, input);
        Assert.Null(bench.Pass.Trace.BalancingLoss);
    }

    [Fact]
    public void Load_comes_from_logits_and_not_from_shares()
    {
        // One row: clean logits 4, 2 and 0, deviations log 2, and all noise drawn is zero.
        using var bench = new Workbench(Precision.Double);
        var gating = new double[] { 4, 2, 0, 0, 0, 0 }.ToTensor(Precision.Double, 1, 6);
        var logits = NoisyLogits.Of(bench.Tape, gating, Tensor.Allocate(new Shape(1, 3), Precision.Double));
        double[] margins = [4 - 2, 2 - 4, 0 - 4];
        double[] probabilities = [.. margins.Select(margin => NormalDistribution.Cumulative(margin / Math.Log(2)))];
        var loss = new Balancing(0, 1).Loss(bench.Tape, logits, bench.Tape.TopK(logits.Noisy, 1))!;
        Assert.Equal(PlainNoisyGate.SquaredVariation([probabilities]), loss.ToScalar(), 1e-12);
    }

    [Fact]
    public void With_all_modules_kept_the_load_is_equal_and_nothing_is_divided_by_zero()
    {
        var gate = RandomGate(modules: 3);
        foreach (int mixed in new[] { 3, 4, 100 })
        {
            using var bench = new Workbench(Precision.Double);
            bench.Pass.Begin(new MixtureSelection(mixed, Key, new Balancing(0, 1)), Batch);
            bench.Mix(gate, AsTensor(Inputs(Batch, 3)));
            Assert.Null(bench.Pass.Trace.BalancingLoss);
        }
        Assert.Equal(
            Loss(gate, Inputs(Batch, 3), 3, new Balancing(1, 0)), Loss(gate, Inputs(Batch, 3), 3, new Balancing(1, 1)));
    }

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void A_deviation_that_underflows_leaves_losses_and_gradients_finite(Precision precision)
    {
        using var bench = new Workbench(precision);
        var network = MixtureNetworks.Create(layers: 2, modules: 4);
        Numbers.Randomize(network.Parameters, Key, precision);
        foreach (var weight in network.Parameters.Where(parameter => parameter.Name.Contains("noisyGate", StringComparison.Ordinal)))
        {
            // The same clean logits for all modules, and noise logits far below zero.
            weight.Value.Set([.. Enumerable.Range(0, weight.Shape.Count).Select(i => i % 8 < 4 ? 0.0 : -1000)]);
        }
        var ones = Enumerable.Repeat(1.0, Batch * 2).ToArray().ToTensor(precision, Batch, 2);
        bench.Pass.Begin(new MixtureSelection(2, Key, new Balancing(1, 1)), Batch);
        var logLikelihood = network.LogLikelihood(bench.Pass, new VectorBatch(ones, ones));
        var loss = bench.Tape.Add(bench.Tape.Mean(logLikelihood), bench.Pass.Trace.BalancingLoss!);
        bench.Tape.Backward(loss);
        Assert.True(double.IsFinite(loss.ToScalar()));
        double[] gradients = [.. network.Parameters.SelectMany(parameter => parameter.Gradient.ToDoubles())];
        Assert.All(gradients, value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void With_one_module_kept_the_load_loss_still_teaches_the_gate()
    {
        using var bench = new Workbench(Precision.Double);
        var network = new SequenceNetwork(Sizes, new MixtureSelection(4));
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        bench.Pass.Begin(new MixtureSelection(1, Key, new Balancing(0, 1)), 3);
        var logLikelihood = network.LogLikelihood(bench.Pass, SequenceNetwork.Batch(Key, Sizes, 3, Precision.Double));
        bench.Tape.Backward(bench.Tape.Add(bench.Tape.Mean(logLikelihood), bench.Pass.Trace.BalancingLoss!));
        Assert.All(network.Unit.Gate().Weight.Gradient.ToDoubles(), value => Assert.NotEqual(0, value));
    }

    private static double Loss(NoisyGate gate, double[][] rows, int mixed, Balancing balancing)
    {
        using var bench = new Workbench(Precision.Double);
        bench.Pass.Begin(new MixtureSelection(mixed, Key, balancing), rows.Length);
        bench.Mix(gate, AsTensor(rows));
        return bench.Pass.Trace.BalancingLoss!.ToScalar();
    }

    private static Tensor AsTensor(double[][] rows) =>
        rows.SelectMany(row => row).ToArray().ToTensor(Precision.Double, rows.Length, rows[0].Length);

    private static (double Importance, double Load) Expected(double[][] rows, double[] weight, double[][] noise, int mixed)
    {
        var (shares, probabilities) = (new List<double[]>(), new List<double[]>());
        for (int n = 0; n < rows.Length; n++)
        {
            var (clean, deviation) = PlainNoisyGate.Logits(rows[n], weight);
            double[] noisy = PlainNoisyGate.Noisy(clean, deviation, noise[n]);
            shares.Add(PlainNoisyGate.Shares(noisy, mixed));
            probabilities.Add(PlainNoisyGate.Probabilities(clean, deviation, noisy, mixed));
        }
        return (PlainNoisyGate.SquaredVariation(shares), PlainNoisyGate.SquaredVariation(probabilities));
    }

    /// <summary>The noise that a pass with <see cref="Key"/> draws for its first layer.</summary>
    private static double[][] Noise(int rows, int modules) =>
        [.. Enumerable.Range(0, rows * modules).Select(i => Key.Split(0UL).Normal((ulong)i)).Chunk(modules)];

    private static double[][] Inputs(int rows, int size) => [.. Numbers.Uniform(Key.Split("input"), rows * size).Chunk(size)];

    private static NoisyGate RandomGate(int modules)
    {
        var gate = new NoisyGate("gate", 3, modules);
        Numbers.Randomize(gate.Parameters, Key, Precision.Double);
        return gate;
    }
}
