using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Tests of what all candidate strategies have in common.</summary>
public sealed class CandidateStrategyTests
{
    private static readonly SequenceSizes Sizes = new(Items: 7, Embedding: 4, Hidden: 5, Modules: 3, Picks: 2, Steps: 3);

    public static TheoryData<string, EStepCandidates> Problems => new(
        from name in CandidateProblem.Names
        from kind in Enum.GetValues<EStepCandidates>()
        where kind != EStepCandidates.Greedy || name.Data.EndsWith("steps", StringComparison.Ordinal)
        select (name.Data, kind));

    public static TheoryData<EStepCandidates> Kinds => [.. Enum.GetValues<EStepCandidates>()];

    [Theory]
    [MemberData(nameof(Problems))]
    public void A_stored_composition_never_becomes_less_probable(string name, EStepCandidates kind)
    {
        int changes = 0;
        for (ulong seed = 0; seed < 30; seed++)
        {
            using var problem = CandidateProblem.Create(name, seed);
            var store = new CompositionStore(problem.Layout, CandidateProblem.Batch, RandomKey.FromSeed(seed).Split(1));
            int[] before = problem.Stored(store);
            var result = problem.RunEStep(kind, samples: 2, store, RandomKey.FromSeed(seed).Split(2));
            int[] after = problem.Stored(store);
            foreach (int n in CandidateProblem.Datapoints)
            {
                Assert.True(problem.Joint[after[n]][n] >= problem.Joint[before[n]][n] - 1e-10, $"seed {seed}, datapoint {n}");
                changes += after[n] == before[n] ? 0 : 1;
            }
            double mean = after.Select((composition, n) => problem.Joint[composition][n]).Average();
            Assert.Equal(mean, result.JointLogProbability, 1e-10);
            Assert.Equal(before.Zip(after).Count(pair => pair.First != pair.Second), result.ChangedShare * CandidateProblem.Batch);
        }
        Assert.True(changes > 10, $"Only {changes} compositions changed.");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Ties_keep_what_is_stored(EStepCandidates kind)
    {
        using var bench = new Workbench(Precision.Single);
        var (network, trainer) = Create(bench, kind);
        foreach (var parameter in network.Parameters)
            parameter.Value.Values.Clear();
        byte[] before = trainer.Compositions!.Bytes.ToArray();
        trainer.Step();
        Assert.Equal(before, trainer.Compositions!.Bytes.ToArray());
        Assert.Equal(0, trainer.LastEStep!.Value.ChangedShare);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_composition_that_is_tried_again_does_not_count_as_changed(EStepCandidates kind)
    {
        using var bench = new Workbench(Precision.Single);
        var network = new SequenceNetwork(Sizes);
        var store = new CompositionStore(network.Layout, 40, RandomKey.FromSeed(1));
        int[] datapoints = [.. Enumerable.Range(0, 33)];
        var data = new SequenceProblem(40, Sizes, RandomKey.FromSeed(5)).Load(datapoints);
        CandidateStrategy<SequenceBatch> strategy = kind switch
        {
            EStepCandidates.Exhaustive => new ExhaustiveCandidates<SequenceBatch>(network.Layout),
            EStepCandidates.Distinct => new DistinctCandidates<SequenceBatch>(network, 800),
            EStepCandidates.Greedy => new GreedyCandidates<SequenceBatch>(network),
            _ => new SampledCandidates<SequenceBatch>(800),
        };
        var step = new EStep<SequenceBatch>(network, store, bench.Tape, strategy);
        Assert.True(step.Run(datapoints, data, RandomKey.FromSeed(2)).ChangedShare > 0);
        Assert.Equal(0, step.Run(datapoints, data, RandomKey.FromSeed(2)).ChangedShare);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_number_of_threads_does_not_change_a_bit(EStepCandidates kind)
    {
        using var one = new Workbench(Precision.Single);
        using var several = new Workbench(Precision.Single, threads: 3);
        var (_, expected) = Create(one, kind);
        var (_, actual) = Create(several, kind);
        for (int i = 0; i < 20; i++)
            Assert.Equal(expected.Step(), actual.Step());
        Assert.Equal(expected.LastEStep, actual.LastEStep);
        Assert.Equal(expected.Compositions!.Bytes.ToArray(), actual.Compositions!.Bytes.ToArray());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_run_that_goes_on_from_a_checkpoint_ends_like_one_that_was_not_interrupted(EStepCandidates kind)
    {
        using var bench = new Workbench(Precision.Single);
        using var folder = new TemporaryFolder();
        var checkpoint = new Checkpoint(folder.Path);
        var (network, whole) = Create(bench, kind, sharedBatches: true);
        Take(whole, 6); // In the middle between two E-steps.
        checkpoint.Write(new Disk(), network.Parameters, whole, "{}");
        Take(whole, 14);
        var (resumed, rest) = Create(bench, kind, sharedBatches: true);
        checkpoint.Read(resumed.Parameters, rest);
        Take(rest, 14);
        foreach (var (expected, actual) in network.Parameters.Zip(resumed.Parameters))
            Assert.Equal(expected.Value.Values.ToArray(), actual.Value.Values.ToArray());
        Assert.Equal(whole.Compositions!.Bytes.ToArray(), rest.Compositions!.Bytes.ToArray());
        Assert.Equal(whole.LastEStep, rest.LastEStep);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Steps_allocate_nothing(EStepCandidates kind)
    {
        using var bench = new Workbench(Precision.Single);
        var (_, trainer) = Create(bench, kind);
        Allocations.AssertNone(() => Take(trainer, 20));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_parameter_that_is_not_a_number_stops_training(EStepCandidates kind)
    {
        using var bench = new Workbench(Precision.Single);
        var (network, trainer) = Create(bench, kind);
        foreach (var parameter in network.Parameters)
            parameter.Value.Values.Fill(float.NaN);
        Assert.Throws<NonFiniteLossException>(() => trainer.Step());
    }

    [Theory]
    [InlineData(EStepCandidates.Exhaustive)]
    [InlineData(EStepCandidates.Distinct)]
    public void Steps_of_layers_allocate_nothing_and_raise_the_bound(EStepCandidates kind)
    {
        using var run = new ToyRun(options: ToyRun.Options with { Candidates = kind });
        double before = run.Train(20);
        run.Train(400);
        Allocations.AssertNone(() => run.Train(20));
        double after = run.Train(20);
        Assert.True(after > before + 1, $"The bound went from {before} to {after}.");
    }

    [Fact]
    public void A_kind_that_does_not_exist_is_refused()
    {
        using var bench = new Workbench(Precision.Single);
        Assert.Throws<ArgumentException>(() => Create(bench, (EStepCandidates)77));
    }

    private static void Take(ViterbiEm<SequenceBatch> trainer, int steps)
    {
        for (int i = 0; i < steps; i++)
            trainer.Step();
    }

    private static (SequenceNetwork Network, ViterbiEm<SequenceBatch> Trainer) Create(
        Workbench bench, EStepCandidates kind, bool sharedBatches = false)
    {
        var network = new SequenceNetwork(Sizes);
        var options = new ViterbiEmOptions
        {
            BatchSize = 13,
            Samples = 3,
            MStepsPerEStep = 4,
            Candidates = kind,
            SharedBatches = sharedBatches,
        };
        var trainer = new ViterbiEm<SequenceBatch>(
            network,
            new SequenceProblem(40, Sizes, RandomKey.FromSeed(5)),
            new Adam(network.Parameters, bench.Kernels, learningRate: 0.02),
            bench.Tape,
            RandomKey.FromSeed(6),
            options);
        return (network, trainer);
    }
}
