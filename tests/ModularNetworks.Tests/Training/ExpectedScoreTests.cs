using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Training by expected scores, whose gradients are compared with differences of what it maximises.</summary>
public sealed class ExpectedScoreTests
{
    private const int Batch = 4;

    private static readonly SequenceSizes Small = new(Items: 4, Embedding: 2, Hidden: 2, Modules: 2, Picks: 2, Steps: 3, HasTable: true);
    private static readonly SequenceSizes Sizes = new(Items: 7, Embedding: 4, Hidden: 5, Modules: 3, Picks: 2, Steps: 3, HasTable: true);

    // Layers, modules, picks.
    public static TheoryData<int, int, int> Networks => new() { { 1, 3, 1 }, { 1, 2, 2 }, { 2, 3, 1 } };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Layers_have_the_gradient_of_the_expected_score_of_all_compositions(int layers, int modules, int picks)
    {
        using var bench = new Workbench(Precision.Double);
        var network = VectorNetwork.Create(layers, modules, picks);
        Numbers.Randomize(network.Parameters, RandomKey.FromSeed(1), Precision.Double);
        var data = VectorNetwork.Batch(RandomKey.FromSeed(2), Batch, size: 2, Precision.Double);
        var (selection, joint) = Enumeration.Scores(bench, network, data, Batch);
        double[][] scores = Centred(Difference(joint, selection));
        bench.Tape.Reset(recording: false);
        bench.Pass.Begin(new ModeSelection(), Batch);
        network.LogLikelihood(bench.Pass, data);
        int[] mode = [.. Enumerable.Range(0, Batch).Select(n =>
        {
            int[] composition = new int[network.Layout.Length];
            bench.Pass.Trace.CopyComposition(n, composition);
            return Enumeration.IndexOf(network.Layout, composition);
        })];
        AssertGradient(bench, network, data, () =>
        {
            var (logProbability, now) = Enumeration.Scores(bench, network, data, Batch);
            double[][] likelihood = Difference(now, logProbability);
            return Enumerable.Range(0, Batch).Average(n =>
                likelihood[mode[n]][n] + Enumerable.Range(0, scores.Length).Sum(a => Math.Exp(logProbability[a][n]) * scores[a][n]));
        });
    }

    [Fact]
    public void Recurrent_networks_have_the_gradient_of_the_expected_score_of_every_step()
    {
        using var bench = new Workbench(Precision.Double);
        var network = new SequenceNetwork(Small);
        Numbers.Randomize(network.Parameters, RandomKey.FromSeed(3), Precision.Double);
        var data = SequenceNetwork.Batch(RandomKey.FromSeed(4), Small, Batch, Precision.Double);
        int[,] mode = new int[Small.Steps, Batch];
        double[,,] scores = new double[Small.Steps, 4, Batch];
        Walk(bench, network, data, (step, likelihoods, probabilities) =>
        {
            for (int n = 0; n < Batch; n++)
            {
                mode[step, n] = Enumerable.Range(0, 4).MaxBy(a => probabilities[a][n]);
                double mean = likelihoods.Average(of => of[n]);
                for (int a = 0; a < 4; a++)
                    scores[step, a, n] = likelihoods[a][n] - mean;
            }
            return n => mode[step, n];
        });
        AssertGradient(bench, network, data, () =>
        {
            double sum = 0;
            Walk(bench, network, data, (step, likelihoods, probabilities) =>
            {
                for (int n = 0; n < Batch; n++)
                    sum += likelihoods[mode[step, n]][n] + Enumerable.Range(0, 4).Sum(a => probabilities[a][n] * scores[step, a, n]);
                return n => mode[step, n];
            });
            return sum / Batch;
        });
    }

    [Theory]
    [InlineData(ExpectedComposition.Mode)]
    [InlineData(ExpectedComposition.Sampled)]
    public void Training_raises_the_likelihood_and_allocates_nothing(ExpectedComposition composition)
    {
        using var bench = new Workbench(Precision.Single);
        var (_, trainer) = Create(bench, composition);
        double before = Take(trainer, 20);
        Take(trainer, 200);
        Allocations.AssertNone(() => Take(trainer, 20));
        double after = Take(trainer, 20);
        Assert.True(after > before + 2, $"The log-likelihood went from {before} to {after}.");
        Assert.Equal(9, trainer.ScoredSelections);
    }

    [Theory]
    [InlineData(ExpectedComposition.Mode)]
    [InlineData(ExpectedComposition.Sampled)]
    public void Layers_learn_which_half_of_the_points_a_module_is_for(ExpectedComposition composition)
    {
        using var bench = new Workbench(Precision.Single);
        var network = VectorNetwork.Create(layers: 1, modules: 2, picks: 1);
        var trainer = new ExpectedScore<VectorBatch>(
            network, new ToyProblem(230, RandomKey.FromSeed(1)), new Adam(network.Parameters, bench.Kernels, learningRate: 0.02), bench.Tape,
            RandomKey.FromSeed(2), new() { BatchSize = 50, Composition = composition });
        double before = Take(trainer, 20);
        Take(trainer, 500);
        double after = Take(trainer, 20);
        Assert.True(after > before + 1, $"The log-likelihood went from {before} to {after}.");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    public void EM_goes_on_with_expected_scores_and_a_run_resumes_in_either_phase(int interruption)
    {
        using var bench = new Workbench(Precision.Single);
        var rest = Interruption.AssertChangesNothing(() => TwoPhasesOf(bench), interruption, steps: 12).Resumed;
        Assert.Equal((null, 9), (rest.LastEStep, rest.ScoredSelections));
        Assert.Equal(3 * 13 / 40.0, rest.EStepVisits); // 5 steps of EM had 3 E-steps on 13 of 40 datapoints
    }

    [Fact]
    public void EM_that_trains_again_begins_with_the_most_probable_modules()
    {
        using var bench = new Workbench(Precision.Single);
        var network = new SequenceNetwork(Sizes);
        var adam = new Adam(network.Parameters, bench.Kernels, learningRate: 0.02);
        var parts = new TrainingParts<SequenceBatch>(network, Problem(), adam, bench.Tape, RandomKey.FromSeed(6)) { BatchSize = 13 };
        var method = new EmMethod { Options = new() { MStepsPerEStep = 0 }, Expected = new(), ExpectedAfter = 2, ExpectedUntil = 5 };
        var trainer = method.CreateTrainer(parts);
        byte[] uniform = trainer.Compositions!.Bytes.ToArray();
        Take(trainer, 5);
        Assert.Equal(uniform, trainer.Compositions.Bytes.ToArray());
        var mode = new CompositionStore(network.Layout, Problem().Count, RandomKey.FromSeed(1));
        CompositionStart.Fill(new ModeSelection(), network, Problem(), mode, bench.Tape);
        Take(trainer, 1);
        Assert.Equal(mode.Bytes.ToArray(), trainer.Compositions.Bytes.ToArray());
        var error = Assert.Throws<ArgumentException>(() => (method with { ExpectedUntil = 2 }).CreateTrainer(parts));
        Assert.StartsWith("EmMethod: ExpectedUntil is 2; it must be above ExpectedAfter, 2.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        using var one = new Workbench(Precision.Single);
        using var several = new Workbench(Precision.Single, threads: 3);
        var (_, expected) = Create(one, ExpectedComposition.Sampled);
        var (_, actual) = Create(several, ExpectedComposition.Sampled);
        for (int i = 0; i < 10; i++)
            Assert.Equal(expected.Step(), actual.Step());
    }

    [Fact]
    public void Too_many_selections_and_two_optimisers_are_refused()
    {
        using var bench = new Workbench(Precision.Single);
        var error = Assert.Throws<ArgumentException>(() => Create(bench, ExpectedComposition.Mode, Sizes with { Modules = 65 }));
        Assert.Contains("Expected scores, selections: there are 4.22E+03", error.Message, StringComparison.Ordinal);
        var (_, first) = Create(bench, ExpectedComposition.Mode);
        var (_, second) = Create(bench, ExpectedComposition.Mode);
        Assert.Throws<ArgumentException>(() => new TwoPhases(first, second, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TwoPhases(first, first, 0));
    }

    private static double Take(ITrainer trainer, int steps)
    {
        double sum = 0;
        for (int i = 0; i < steps; i++)
            sum += trainer.Step().LogLikelihood;
        return sum / steps;
    }

    private static (SequenceNetwork Network, ExpectedScore<SequenceBatch> Trainer) Create(
        Workbench bench, ExpectedComposition composition, SequenceSizes? sizes = null)
    {
        var network = new SequenceNetwork(sizes ?? Sizes);
        var adam = new Adam(network.Parameters, bench.Kernels, learningRate: 0.02);
        var options = new ExpectedScoreOptions { BatchSize = 13, Composition = composition, DetachedControllers = true };
        return (network, new ExpectedScore<SequenceBatch>(network, Problem(), adam, bench.Tape, RandomKey.FromSeed(6), options));
    }

    private static TwoPhases TwoPhasesOf(Workbench bench)
    {
        var network = new SequenceNetwork(Sizes);
        var adam = new Adam(network.Parameters, bench.Kernels, learningRate: 0.02);
        var em = new ViterbiEm<SequenceBatch>(
            network, Problem(), adam, bench.Tape, RandomKey.FromSeed(6), new() { BatchSize = 13, MStepsPerEStep = 2, Keyed = new() });
        var expected = new ExpectedScore<SequenceBatch>(network, Problem(), adam, bench.Tape, RandomKey.FromSeed(7), new() { BatchSize = 13 });
        return new TwoPhases(em, expected, firstSteps: 5);
    }

    private static SequenceProblem Problem() => new(40, Sizes, RandomKey.FromSeed(5));

    private static void AssertGradient<TBatch>(Workbench bench, ModularNetwork<TBatch> network, TBatch data, Func<double> maximised) =>
        StepGradient.AssertIs(bench, network, data, Batch, maximised, (set, optimizer) => new ExpectedScore<TBatch>(
            network, set, optimizer, bench.Tape, RandomKey.FromSeed(5), new() { BatchSize = Batch }));

    /// <summary>Goes through the sequences with all selections at every step; the visitor says with which one each sequence goes on.</summary>
    private static void Walk(
        Workbench bench, SequenceNetwork network, SequenceBatch data, Func<int, double[][], double[][], Func<int, int>> visit)
    {
        var rows = bench.Pass.Search;
        bench.Tape.Reset(recording: false);
        rows.Begin(Batch, candidates: 1);
        var states = network.InitialStates(rows, data);
        for (int step = 0; step < Small.Steps; step++)
        {
            var logits = network.SelectionLogits(rows, data, step, states);
            var next = new Tensor[4];
            var (likelihoods, probabilities) = (new double[4][], new double[4][]);
            for (int a = 0; a < 4; a++)
            {
                var selection = Enumeration.ForAll(Batch, [a / 2, a % 2]);
                next[a] = network.NextStates(rows, data, step, states, selection);
                likelihoods[a] = network.StepLogLikelihood(rows, data, step, next[a], selection).ToDoubles();
                probabilities[a] = bench.Tape.Exp(bench.Tape.SumLast(logits.LogProbability(bench.Tape, selection))).ToDoubles();
            }
            var taken = visit(step, likelihoods, probabilities);
            double[] state = [.. Enumerable.Range(0, Batch).SelectMany(n => next[taken(n)].ToDoubles().Skip(n * Small.Hidden).Take(Small.Hidden))];
            states = state.ToTensor(Precision.Double, Batch, Small.Hidden);
        }
    }

    private static double[][] Difference(double[][] one, double[][] other) =>
        [.. one.Zip(other).Select(pair => pair.First.Zip(pair.Second).Select(values => values.First - values.Second).ToArray())];

    private static double[][] Centred(double[][] scores) =>
        [.. scores.Select(of => of.Select((score, n) => score - scores.Average(other => other[n])).ToArray())];
}
