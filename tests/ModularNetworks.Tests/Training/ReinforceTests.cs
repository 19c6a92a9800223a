using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>REINFORCE against the gradient of Eq. 12 that trying all compositions gives.</summary>
public sealed class ReinforceTests
{
    private const int Datapoints = 6;

    private static readonly SequenceSizes Sequences = new(Items: 11, Embedding: 4, Hidden: 5, Modules: 3, Picks: 2, Steps: 6);

    [Theory]
    [InlineData(ControlVariate.MovingAverage, 1, 1.0)]
    [InlineData(ControlVariate.MovingAverage, 3, 1.0)]
    [InlineData(ControlVariate.BatchMean, 1, 5.0 / 6)]
    [InlineData(ControlVariate.BatchMean, 2, 11.0 / 12)]
    [InlineData(ControlVariate.LeaveOneOut, 2, 1.0)]
    [InlineData(ControlVariate.LeaveOneOut, 4, 1.0)]
    public void The_mean_gradient_is_that_of_the_bound(ControlVariate variate, int samples, double scoreShare)
    {
        const int runs = 24, steps = 300;
        using var bench = new Workbench(Precision.Single);
        var network = RandomNetwork();
        var problem = new ToyProblem(Datapoints, RandomKey.FromSeed(5));
        double[] expected = ExactGradient(bench, network, problem, scoreShare);
        var options = new ReinforceOptions { BatchSize = Datapoints, Samples = samples, ControlVariate = variate };
        double[][] means = [.. Enumerable.Range(0, runs).Select(run =>
            MeanGradient(bench, network, problem, RandomKey.FromSeed((ulong)run), steps, options))];
        for (int i = 0; i < expected.Length; i++)
        {
            double mean = means.Average(of => of[i]);
            double deviation = Math.Sqrt(means.Sum(of => Math.Pow(of[i] - mean, 2)) / (runs - 1) / runs);
            Assert.True(
                Math.Abs(mean - expected[i]) < (4.5 * deviation) + 1e-4,
                $"Element {i}: expected {expected[i]}, got {mean} with a standard error of {deviation}.");
        }
    }

    [Fact]
    public void Training_raises_the_likelihood_of_sequences()
    {
        using var bench = new Workbench(Precision.Single);
        var (_, trainer) = Create(bench);
        double before = trainer.Step().LogLikelihood;
        for (int i = 0; i < 200; i++)
            trainer.Step();
        double after = trainer.Step().LogLikelihood;
        Assert.True(after > before + 5, $"The log-likelihood went from {before} to {after}.");
        Assert.Equal(202, trainer.Steps);
        Assert.Null(trainer.Compositions);
    }

    [Fact]
    public void The_fused_unit_has_the_gradients_of_the_unrolled_one()
    {
        using var bench = new Workbench(Precision.Double);
        var batch = SequenceNetwork.Batch(RandomKey.FromSeed(3), Sequences, 4, Precision.Double);
        var fused = new SequenceNetwork(Sequences);
        var given = new UnrolledSequenceNetwork(Sequences);
        Numbers.Randomize(fused.Parameters, RandomKey.FromSeed(6), Precision.Double);
        Numbers.Randomize(given.Parameters, RandomKey.FromSeed(6), Precision.Double);

        bench.Tape.Reset(recording: true);
        bench.Pass.Begin(new SampledSelection(RandomKey.FromSeed(7)), 4);
        var loss = bench.Loss(fused.LogLikelihood(bench.Pass, batch));
        bench.Tape.Backward(loss);
        double sampled = loss.ToScalar();
        int[] composition = new int[fused.Layout.Length];
        var compositions = IndexTensor.Allocate(new Shape(4, composition.Length));
        for (int n = 0; n < 4; n++)
        {
            bench.Pass.Trace.CopyComposition(n, composition);
            composition.CopyTo(compositions.Values[(n * composition.Length)..]);
        }

        bench.Tape.Reset(recording: true);
        bench.Pass.BeginGiven(compositions);
        loss = bench.Loss(given.LogLikelihood(bench.Pass, batch));
        bench.Tape.Backward(loss);
        Assert.Equal(sampled, loss.ToScalar(), 1e-10);
        foreach (var (expected, actual) in given.Parameters.Zip(fused.Parameters))
            Numbers.AssertClose(expected.Gradient.ToDoubles(), actual.Gradient, 1e-9, expected.Name);
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
        AssertSame(expected, actual);
    }

    [Fact]
    public void A_run_goes_on_from_a_checkpoint_as_if_it_had_not_stopped()
    {
        using var bench = new Workbench(Precision.Single);
        Interruption.AssertChangesNothing(() => Create(bench).Trainer, after: 7, steps: 14);
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

    [Fact]
    public void A_parameter_that_is_not_a_number_stops_training()
    {
        using var bench = new Workbench(Precision.Single);
        var (network, trainer) = Create(bench);
        network.Unit.GateWeight!.Value.Values.Fill(float.NaN);
        Assert.Throws<NonFiniteLossException>(() => trainer.Step());
    }

    [Theory]
    [InlineData(ControlVariate.LeaveOneOut, 1, 0.9)]
    [InlineData(ControlVariate.MovingAverage, 0, 0.9)]
    [InlineData(ControlVariate.MovingAverage, 1, 1.5)]
    [InlineData(ControlVariate.MovingAverage, 1, -0.1)]
    public void Options_out_of_range_are_refused(ControlVariate variate, int samples, double decay)
    {
        using var bench = new Workbench(Precision.Single);
        var options = new ReinforceOptions { ControlVariate = variate, Samples = samples, Decay = decay };
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(bench, options));
    }

    private static VectorNetwork RandomNetwork()
    {
        var network = VectorNetwork.Create(layers: 2, modules: 2, picks: 1);
        Numbers.Randomize(network.Parameters, RandomKey.FromSeed(4), Precision.Single);
        return network;
    }

    private static (SequenceNetwork Network, Reinforce<SequenceBatch> Trainer) Create(
        Workbench bench, ReinforceOptions? options = null)
    {
        var network = new SequenceNetwork(Sequences);
        var data = new SequenceProblem(30, Sequences, RandomKey.FromSeed(1));
        var adam = new Adam(network.Parameters, bench.Kernels, learningRate: 0.02);
        options ??= new ReinforceOptions { BatchSize = 8, Samples = 2 };
        return (network, new Reinforce<SequenceBatch>(network, data, adam, bench.Tape, RandomKey.FromSeed(2), options));
    }

    private static void AssertSame(SequenceNetwork expected, SequenceNetwork actual)
    {
        foreach (var (wanted, got) in expected.Parameters.Zip(actual.Parameters))
            Assert.Equal(wanted.Value.Values.ToArray(), got.Value.Values.ToArray());
    }

    /// <summary>The mean over some steps of what the optimiser was given. The parameters stay as they are.</summary>
    private static double[] MeanGradient(
        Workbench bench, VectorNetwork network, ToyProblem problem, RandomKey key, int steps, ReinforceOptions options)
    {
        // With a momentum of almost 1 the velocity is the sum of all gradients.
        var sgd = new Sgd(network.Parameters, bench.Kernels, learningRate: 1e-30, momentum: Math.BitDecrement(1.0));
        var trainer = new Reinforce<VectorBatch>(network, problem, sgd, bench.Tape, key, options);
        for (int step = 0; step < steps; step++)
            trainer.Step();
        return [.. sgd.State.SelectMany(state => state.Tensor.ToDoubles()).Select(sum => sum / steps)];
    }

    /// <summary>
    /// The gradient of -mean over n of sum over a of p(a|x) log p(y|x, a), of which the part through p(a|x) is scaled.
    /// </summary>
    private static double[] ExactGradient(Workbench bench, VectorNetwork network, ToyProblem problem, double scoreShare)
    {
        var batch = problem.Load([.. Enumerable.Range(0, Datapoints)]);
        var tape = bench.Tape;
        Numbers.ClearGradients(network.Parameters);
        for (int i = 0; i < (int)network.Layout.CompositionCount; i++)
        {
            tape.Reset(recording: true);
            bench.Pass.BeginGiven(Enumeration.ForAll(Datapoints, Enumeration.Composition(network.Layout, i)));
            var logLikelihood = network.LogLikelihood(bench.Pass, batch);
            var probability = tape.Exp(bench.Pass.Trace.LogProbability!);
            var through = tape.Multiply(Constant(tape, probability), logLikelihood);
            var score = tape.Multiply(probability, Constant(tape, logLikelihood));
            var bound = tape.Mean(tape.Add(through, tape.Scale(score, scoreShare)));
            tape.Backward(tape.Scale(bound, -1));
        }
        double[] gradient = [.. network.Parameters.SelectMany(parameter => parameter.Gradient.ToDoubles())];
        Numbers.ClearGradients(network.Parameters);
        return gradient;
    }

    private static Tensor Constant(Tape tape, Tensor value) => tape.Constant(value.Shape, value.Values);
}
