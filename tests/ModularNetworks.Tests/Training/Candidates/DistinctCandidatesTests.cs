using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Draws without replacement against their exact probabilities, which small networks allow.</summary>
public sealed class DistinctCandidatesTests
{
    public static TheoryData<string> Names => CandidateProblem.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Compositions_come_in_the_order_of_draws_without_replacement(string name)
    {
        const int draws = 2000, first = 1, second = 2;
        using var problem = CandidateProblem.Create(name, controllerScale: 2);
        int[][,] counts = [.. CandidateProblem.Datapoints.Select(_ => new int[problem.Count, problem.Count])];
        Draw(problem, samples: 2, draws, (candidates, n) => counts[n][candidates[first][n], candidates[second][n]]++);
        foreach (int n in CandidateProblem.Datapoints)
        {
            double[] p = Probabilities(problem, n);
            var pairs = from a in Enumerable.Range(0, p.Length) from b in Enumerable.Range(0, p.Length) where a != b select (a, b);
            Assert.Equal(draws, pairs.Sum(pair => counts[n][pair.a, pair.b]));
            AssertFrequencies(
                [.. pairs.Select(pair => p[pair.a] * p[pair.b] / (1 - p[pair.a]))],
                [.. pairs.Select(pair => counts[n][pair.a, pair.b])],
                draws);
            AssertFrequencies(
                p, [.. Enumerable.Range(0, p.Length).Select(a => Enumerable.Range(0, p.Length).Sum(b => counts[n][a, b]))], draws);
        }
    }

    [Theory]
    [InlineData("layers")]
    [InlineData("picks")]
    [InlineData("steps")]
    public void Compositions_are_included_as_often_as_in_draws_without_replacement(string name)
    {
        const int draws = 3000, samples = 4;
        using var problem = CandidateProblem.Create(name, seed: 3, controllerScale: 2);
        int[,] counts = new int[problem.Count, CandidateProblem.Batch];
        Draw(problem, samples, draws, (candidates, n) =>
        {
            for (int candidate = 1; candidate <= samples; candidate++)
                counts[candidates[candidate][n], n]++;
        });
        foreach (int n in CandidateProblem.Datapoints)
        {
            double[] included = new double[problem.Count];
            AddInclusion(Probabilities(problem, n), new bool[problem.Count], probability: 1, samples, included);
            for (int i = 0; i < problem.Count; i++)
            {
                double deviation = Math.Sqrt(included[i] * (1 - included[i]) / draws);
                Assert.Equal(included[i], (double)counts[i, n] / draws, (5 * deviation) + (3.0 / draws));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_almost_certain_controller_still_gives_different_compositions(string name)
    {
        const int samples = 6;
        using var problem = CandidateProblem.Create(name, controllerScale: 1000);
        var store = new CompositionStore(problem.Layout, CandidateProblem.Batch, RandomKey.FromSeed(2));
        int[][] sampled = problem.Candidates(EStepCandidates.Sampled, samples, store, RandomKey.FromSeed(3));
        int[][] distinct = problem.Candidates(EStepCandidates.Distinct, samples, store, RandomKey.FromSeed(3));
        Assert.Equal(samples + 1, distinct.Length);
        foreach (int n in CandidateProblem.Datapoints)
        {
            Assert.Single(sampled.Skip(1).Select(candidate => candidate[n]).Distinct());
            int[] drawn = [.. distinct.Skip(1).Select(candidate => candidate[n])];
            Assert.Equal(samples, drawn.Distinct().Count());
            double[] p = Probabilities(problem, n);
            Assert.Equal(p.OrderDescending().Take(samples), drawn.Select(composition => p[composition]));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Enough_samples_are_all_compositions(string name)
    {
        using var problem = CandidateProblem.Create(name);
        foreach (int samples in new[] { problem.Count, problem.Count + 5 })
        {
            var store = new CompositionStore(problem.Layout, CandidateProblem.Batch, RandomKey.FromSeed(2));
            var exact = new CompositionStore(problem.Layout, CandidateProblem.Batch, RandomKey.FromSeed(2));
            int[][] candidates = problem.Candidates(EStepCandidates.Distinct, samples, store, RandomKey.FromSeed(3));
            foreach (int n in CandidateProblem.Datapoints)
                Assert.Equal(Enumerable.Range(0, problem.Count), candidates.Skip(1).Select(candidate => candidate[n]).Order());
            var result = problem.RunEStep(EStepCandidates.Distinct, samples, store, RandomKey.FromSeed(3));
            var expected = problem.RunEStep(EStepCandidates.Exhaustive, samples, exact, default);
            Assert.Equal(problem.Stored(exact), problem.Stored(store));
            Assert.Equal(expected.JointLogProbability, result.JointLogProbability, 1e-10);
            Assert.Equal(expected.ChangedShare, result.ChangedShare);
        }
    }

    [Fact]
    public void Steps_and_whole_runs_draw_the_same_compositions()
    {
        using var steps = CandidateProblem.Create("steps");
        using var whole = CandidateProblem.Create("whole");
        for (ulong seed = 0; seed < 20; seed++)
        {
            var store = new CompositionStore(steps.Layout, CandidateProblem.Batch, RandomKey.FromSeed(seed));
            Assert.Equal(
                steps.Candidates(EStepCandidates.Distinct, samples: 5, store, RandomKey.FromSeed(seed)),
                whole.Candidates(EStepCandidates.Distinct, samples: 5, store, RandomKey.FromSeed(seed)));
        }
    }

    [Fact]
    public void At_least_one_sample_is_needed() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new DistinctCandidates<VectorBatch>(VectorNetwork.Create(layers: 1, modules: 2, picks: 1), samples: 0));

    [Fact]
    public void A_layout_that_names_more_than_runs_is_refused()
    {
        using var bench = new Workbench(Precision.Double);
        var network = VectorNetwork.Create(layers: 1, modules: 2, picks: 1);
        Numbers.Randomize(network.Parameters, RandomKey.FromSeed(1), Precision.Double);
        var batch = VectorNetwork.Batch(RandomKey.FromSeed(1), 3, 2, Precision.Double);
        var layout = new CompositionLayout(network.Layout.Layers[0], new LayerLayout("other", Modules: 2, Picks: 1));
        var strategy = new DistinctCandidates<VectorBatch>(new WholeNetwork<VectorBatch>(network, layout), samples: 2);
        var stored = IndexTensor.Allocate(new Shape(3, layout.Length));
        var error = Assert.Throws<ShapeException>(() => strategy.Propose(bench.Pass, stored, batch, default));
        Assert.Contains("selected 1 module for each datapoint and tells no distribution for pick 1", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Adds, for every composition, the probability that it is among the next draws.</summary>
    private static void AddInclusion(double[] p, bool[] taken, double probability, int draws, double[] included)
    {
        if (draws == 0)
            return;
        double left = 0;
        for (int i = 0; i < p.Length; i++)
            left += taken[i] ? 0 : p[i];
        for (int i = 0; i < p.Length; i++)
        {
            if (taken[i])
                continue;
            taken[i] = true;
            included[i] += probability * p[i] / left;
            AddInclusion(p, taken, probability * p[i] / left, draws - 1, included);
            taken[i] = false;
        }
    }

    private static double[] Probabilities(CandidateProblem problem, int n) =>
        [.. problem.Selection.Select(scores => Math.Exp(scores[n]))];

    private static void Draw(CandidateProblem problem, int samples, int draws, Action<int[][], int> count)
    {
        var store = new CompositionStore(problem.Layout, CandidateProblem.Batch, RandomKey.FromSeed(2));
        for (int draw = 0; draw < draws; draw++)
        {
            var key = RandomKey.FromSeed(4).Split((ulong)draw);
            int[][] candidates = problem.Candidates(EStepCandidates.Distinct, samples, store, key);
            foreach (int n in CandidateProblem.Datapoints)
                count(candidates, n);
        }
    }

    /// <summary>Pearson's statistic of a multinomial sample within five of its standard deviations.</summary>
    private static void AssertFrequencies(double[] p, int[] counts, int draws)
    {
        double statistic = p.Zip(counts).Sum(cell => Math.Pow(cell.Second - (draws * cell.First), 2) / (draws * cell.First));
        double cells = p.Length, rare = p.Sum(probability => 1 / probability);
        double variance = (2 * (cells - 1)) + ((rare - (cells * cells) - (2 * cells) + 2) / draws);
        Assert.InRange(statistic, 0, cells - 1 + (5 * Math.Sqrt(variance)));
    }
}
