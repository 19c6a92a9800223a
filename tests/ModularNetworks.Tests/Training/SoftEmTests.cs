using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Soft EM, whose gradients are compared with differences of the tempered marginal likelihood, by enumeration.</summary>
public sealed class SoftEmTests
{
    private const int Batch = 4;

    // Layers, modules, picks, β.
    public static TheoryData<int, int, int, double> Networks =>
        new() { { 1, 3, 1, 1 }, { 1, 2, 2, 1 }, { 2, 3, 1, 1 }, { 2, 3, 1, 0.4 }, { 1, 3, 1, 3 } };

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_step_goes_along_the_gradient_of_the_tempered_marginal_likelihood(int layers, int modules, int picks, double beta)
    {
        using var bench = new Workbench(Precision.Double);
        var (network, data) = Create(layers, modules, picks);
        StepGradient.AssertIs(bench, network, data, Batch, Marginal, (set, optimizer) => Soft(bench, network, set, optimizer, beta));

        double Marginal()
        {
            double[][] joint = Enumeration.Scores(bench, network, data, Batch).Joint;
            return Enumerable.Range(0, Batch).Average(n => Math.Log(joint.Sum(of => Math.Exp(beta * of[n]))) / beta);
        }
    }

    [Fact]
    public void A_large_beta_makes_the_step_of_EM_after_an_exhaustive_E_step()
    {
        using var bench = new Workbench(Precision.Double);
        double[][] soft = Moved((network, set, optimizer) => Soft(bench, network, set, optimizer, beta: 1e6));
        double[][] hard = Moved((network, set, optimizer) => new ViterbiEm<VectorBatch>(
            network, set, optimizer, bench.Tape, RandomKey.FromSeed(5), new() { BatchSize = Batch, Candidates = EStepCandidates.Exhaustive }));
        for (int i = 0; i < soft.Length; i++)
            Numbers.AssertClose(hard[i], soft[i], 1e-12, $"parameter {i}");

        double[][] Moved(Func<VectorNetwork, ITrainingSet<VectorBatch>, Optimizer, ITrainer> create)
        {
            var (network, data) = Create(layers: 2, modules: 3, picks: 1);
            return StepGradient.Of(bench, network, data, Batch, (set, optimizer) => create(network, set, optimizer));
        }
    }

    [Theory]
    [InlineData(1e-9)]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(1e9)]
    public void The_shares_of_a_datapoint_sum_to_one(double beta)
    {
        const int compositions = 6;
        using var bench = new Workbench(Precision.Double);
        var key = RandomKey.FromSeed(8);
        Tensor Scores(string name) =>
            Numbers.Uniform(key.Split(name), compositions * Batch).Select(x => 2000 * (x - 1)).ToArray().ToTensor(Precision.Double, compositions * Batch);
        var (likelihood, probability) = (Scores("likelihood"), Scores("probability"));
        double[] q = TemperedPosterior.Of(bench.Tape, likelihood, probability, Batch, beta).ToDoubles();
        for (int n = 0; n < Batch; n++)
        {
            double[] shares = [.. Enumerable.Range(0, compositions).Select(a => q[(a * Batch) + n])];
            int best = Enumerable.Range(0, compositions).MaxBy(a => likelihood[(a * Batch) + n] + probability[(a * Batch) + n]);
            Assert.Equal(1, shares.Sum(), 1e-12);
            Assert.Equal(shares.Max(), shares[best]);
        }
    }

    [Fact]
    public void Beta_grows_by_the_same_factor_in_each_step_and_then_stays()
    {
        using var bench = new Workbench(Precision.Double);
        var (network, _) = Create(1, 2, 1);
        var trainer = new SoftEm<VectorBatch>(
            network, new ToyProblem(50, RandomKey.FromSeed(1)), new Adam(network.Parameters, bench.Kernels), bench.Tape, RandomKey.FromSeed(2),
            new() { From = 0.5, To = 8, Steps = 4 });
        Assert.Equal([0.5, 1, 2, 4, 8, 8], ((long[])[0, 1, 2, 3, 4, 9]).Select(trainer.Beta), (x, y) => Math.Abs(x - y) < 1e-12);
    }

    [Fact]
    public void Training_raises_the_likelihood_and_allocates_nothing()
    {
        using var bench = new Workbench(Precision.Single);
        var network = VectorNetwork.Create(layers: 1, modules: 2, picks: 1);
        var trainer = Soft(bench, network, Problem(), new Adam(network.Parameters, bench.Kernels, learningRate: 0.02), beta: 1);
        double before = Take(trainer, 20);
        Take(trainer, 500);
        Allocations.AssertNone(() => Take(trainer, 20));
        double after = Take(trainer, 20);
        Assert.True(after > before + 1, $"The log-likelihood went from {before} to {after}.");
        Assert.Equal((2, null, null), (trainer.ScoredSelections, trainer.Compositions, trainer.LastEStep));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void EM_goes_on_after_soft_EM_and_a_run_resumes_in_either_phase(int interruption)
    {
        using var bench = new Workbench(Precision.Single);
        Interruption.AssertChangesNothing(() => TwoPhasesOf(bench).Trainer, interruption, steps: 12);
    }

    [Fact]
    public void EM_begins_with_the_modules_that_soft_EM_made_most_probable()
    {
        using var bench = new Workbench(Precision.Single);
        var (network, trainer) = TwoPhasesOf(bench, mStepsPerEStep: 0);
        Take(trainer, 5);
        int[] datapoints = [.. Enumerable.Range(0, trainer.Compositions!.Count)];
        bench.Tape.Reset(recording: false);
        bench.Pass.Begin(new ModeSelection(), datapoints.Length);
        network.LogLikelihood(bench.Pass, Problem().Load(datapoints));
        int[][] modes = [.. datapoints.Select(n =>
        {
            int[] picks = new int[network.Layout.Length];
            bench.Pass.Trace.CopyComposition(n, picks);
            return picks;
        })];
        trainer.Step();
        Assert.All(datapoints, n => Assert.Equal(modes[n], Enumerable.Range(0, network.Layout.Length).Select(pick => trainer.Compositions[n, pick])));
    }

    [Fact]
    public void What_cannot_be_scored_and_a_beta_out_of_range_are_refused()
    {
        using var bench = new Workbench(Precision.Single);
        var sizes = new SequenceSizes(Items: 4, Embedding: 2, Hidden: 2, Modules: 2, Picks: 1, Steps: 2);
        var recurrent = new SequenceNetwork(sizes);
        var error = Assert.Throws<ArgumentException>(() => new SoftEm<SequenceBatch>(
            recurrent, new SequenceProblem(40, sizes, RandomKey.FromSeed(5)), new Adam(recurrent.Parameters, bench.Kernels), bench.Tape, RandomKey.FromSeed(1)));
        Assert.Contains("the network is recurrent", error.Message, StringComparison.Ordinal);
        var large = VectorNetwork.Create(layers: 2, modules: 65, picks: 1);
        error = Assert.Throws<ArgumentException>(() => Soft(bench, large, Problem(), new Adam(large.Parameters, bench.Kernels), beta: 1));
        Assert.Contains("Soft EM, compositions: there are 4.22E+03", error.Message, StringComparison.Ordinal);
        var network = VectorNetwork.Create(layers: 1, modules: 2, picks: 1);
        foreach (double beta in (double[])[0, -1, double.NaN, double.PositiveInfinity])
            Assert.Throws<ArgumentOutOfRangeException>(() => Soft(bench, network, Problem(), new Adam(network.Parameters, bench.Kernels), beta));
    }

    private static double Take(ITrainer trainer, int steps)
    {
        double sum = 0;
        for (int i = 0; i < steps; i++)
            sum += trainer.Step().LogLikelihood;
        return sum / steps;
    }

    private static ToyProblem Problem() => new(230, RandomKey.FromSeed(1));

    private static SoftEm<VectorBatch> Soft(
        Workbench bench, VectorNetwork network, ITrainingSet<VectorBatch> data, Optimizer optimizer, double beta) =>
        new(network, data, optimizer, bench.Tape, RandomKey.FromSeed(5), new() { BatchSize = 50, From = beta, To = beta });

    private static (VectorNetwork Network, VectorBatch Data) Create(int layers, int modules, int picks)
    {
        var network = VectorNetwork.Create(layers, modules, picks);
        Numbers.Randomize(network.Parameters, RandomKey.FromSeed(1), Precision.Double);
        return (network, VectorNetwork.Batch(RandomKey.FromSeed(2), Batch, size: 2, Precision.Double));
    }

    private static (VectorNetwork Network, TwoPhases Trainer) TwoPhasesOf(Workbench bench, int mStepsPerEStep = 2)
    {
        var network = VectorNetwork.Create(layers: 2, modules: 3, picks: 1);
        var adam = new Adam(network.Parameters, bench.Kernels, learningRate: 0.02);
        var soft = new SoftEm<VectorBatch>(network, Problem(), adam, bench.Tape, RandomKey.FromSeed(6), new() { BatchSize = 13, Steps = 5 });
        var em = new ViterbiEm<VectorBatch>(
            network, Problem(), adam, bench.Tape, RandomKey.FromSeed(7), new() { BatchSize = 13, MStepsPerEStep = mStepsPerEStep },
            start: new ModeSelection());
        return (network, new TwoPhases(soft, em, firstSteps: 5));
    }
}
