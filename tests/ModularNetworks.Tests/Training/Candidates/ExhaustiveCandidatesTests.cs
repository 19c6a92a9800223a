using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class ExhaustiveCandidatesTests
{
    private const double Tolerance = 1e-10;

    public static TheoryData<string> Names => CandidateProblem.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_composition_is_tried_once_the_stored_one_first(string name)
    {
        using var problem = CandidateProblem.Create(name);
        var store = new CompositionStore(problem.Layout, CandidateProblem.Batch, RandomKey.FromSeed(2));
        int[][] candidates = problem.Candidates(EStepCandidates.Exhaustive, samples: 0, store, default);
        Assert.Equal(problem.Stored(store), candidates[0]);
        foreach (int n in CandidateProblem.Datapoints)
            Assert.Equal(Enumerable.Range(0, problem.Count), candidates.Select(candidate => candidate[n]).Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Candidates_that_are_given_together_have_the_scores_they_have_alone(string name)
    {
        using var problem = CandidateProblem.Create(name);
        var store = new CompositionStore(problem.Layout, CandidateProblem.Batch, RandomKey.FromSeed(2));
        int[][] candidates = problem.Candidates(EStepCandidates.Exhaustive, samples: 0, store, default);
        double[][] scores = problem.Scores(EStepCandidates.Exhaustive, samples: 0, store, default);
        for (int candidate = 0; candidate < candidates.Length; candidate++)
        {
            double[] expected = [.. CandidateProblem.Datapoints.Select(n => problem.Joint[candidates[candidate][n]][n])];
            Numbers.AssertClose(expected, scores[candidate], Tolerance, $"candidate {candidate}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_best_of_all_compositions_is_found(string name)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            using var problem = CandidateProblem.Create(name, seed);
            var store = new CompositionStore(problem.Layout, CandidateProblem.Batch, RandomKey.FromSeed(seed).Split(1));
            var result = problem.RunEStep(EStepCandidates.Exhaustive, samples: 0, store, default);
            int[] stored = problem.Stored(store);
            foreach (int n in CandidateProblem.Datapoints)
                Assert.Equal(problem.Joint.Max(scores => scores[n]), problem.Joint[stored[n]][n], Tolerance);
            Assert.Equal(stored.Select((composition, n) => problem.Joint[composition][n]).Average(), result.JointLogProbability, Tolerance);
            Assert.Equal(0, problem.RunEStep(EStepCandidates.Exhaustive, samples: 0, store, default).ChangedShare);
        }
    }

    [Fact]
    public void Too_many_compositions_are_refused_with_their_number_and_the_limit()
    {
        var layout = new CompositionLayout(new LayerLayout("layer", Modules: 16, Picks: 3));
        Assert.NotNull(new ExhaustiveCandidates<VectorBatch>(layout));
        var larger = new CompositionLayout(new LayerLayout("layer", Modules: 5, Picks: 3, Steps: 35));
        var error = Assert.Throws<ArgumentException>(() => new ExhaustiveCandidates<VectorBatch>(larger));
        Assert.Contains("there are 2.47E+73; at most 4096", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
