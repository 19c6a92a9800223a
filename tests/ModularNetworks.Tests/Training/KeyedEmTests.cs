using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Training by EM whose compositions are stored by key.</summary>
public sealed class KeyedEmTests
{
    private static readonly SequenceSizes Sizes = new(Items: 7, Embedding: 4, Hidden: 5, Modules: 3, Picks: 2, Steps: 3, HasTable: true);
    private static readonly SequenceProblem Problem = new(40, Sizes, RandomKey.FromSeed(5));

    [Fact]
    public void Compositions_of_a_mini_batch_are_those_of_its_keys()
    {
        using var bench = new Workbench(Precision.Single);
        var network = new SequenceNetwork(Sizes);
        var assignment = ModuleAssignment.RoundRobin(network.Layout.Layers[0], Sizes.Items);
        var compositions = new KeyedCompositions<SequenceBatch>(network, new(), new AssignedSelection(assignment), default);
        var batch = Problem.Load([3, 17]);
        int[] picks = compositions.Load(bench.Tape, [3, 17], batch).Values.ToArray();
        for (int n = 0; n < 2; n++)
        {
            for (int pick = 0; pick < network.Layout.Length; pick++)
            {
                int item = batch.Inputs.Values[(pick / Sizes.Picks * 2) + n];
                Assert.Equal(assignment[item, pick % Sizes.Picks], picks[(n * network.Layout.Length) + pick]);
            }
        }
    }

    [Fact]
    public void Keys_begin_with_selections_of_their_own()
    {
        var network = new SequenceNetwork(Sizes with { Items = 200 });
        var compositions = new KeyedCompositions<SequenceBatch>(network, new(), null, RandomKey.FromSeed(1));
        int[] counts = [.. Enumerable.Range(0, 200).Select(key => compositions[key]).GroupBy(selection => selection).Select(group => group.Count())];
        Assert.Equal(9, counts.Length);
        Assert.InRange(counts.Max(), 23, 45);
    }

    [Fact]
    public void Training_raises_the_bound()
    {
        using var bench = new Workbench(Precision.Single);
        var (_, trainer) = Create(bench);
        var results = Enumerable.Range(0, 200).Select(_ => trainer.Step()).Select(step => step.LogLikelihood + step.SelectionLogProbability).ToArray();
        Assert.True(results[^20..].Average() > results[..20].Average() + 2);
        Assert.Equal((50, null), (trainer.ESteps, trainer.Compositions));
        Assert.Null(((ITrainer)trainer).Compositions);
    }

    /// <summary>With all datapoints in each mini-batch and nothing but them in the sums, an E-step cannot lower the bound.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void E_steps_with_all_datapoints_and_no_memory_never_lower_the_bound(int layers)
    {
        using var bench = new Workbench(Precision.Single);
        var network = VectorNetwork.Create(layers, modules: 3, picks: 1);
        var data = new ToyProblem(60, RandomKey.FromSeed(1));
        var options = new ViterbiEmOptions { BatchSize = 60, MStepsPerEStep = 4, Keyed = new() { Forgetting = 0 } };
        var trainer = new ViterbiEm<VectorBatch>(
            network, data, new Adam(network.Parameters, bench.Kernels, learningRate: 0.02), bench.Tape, RandomKey.FromSeed(2), options);
        int[] all = [.. Enumerable.Range(0, 60)];
        int changes = 0;
        for (int i = 0; i < 60; i++)
        {
            double before = Bound();
            trainer.Step();
            if (i % 4 != 0)
                continue;
            Assert.True(trainer.LastEStep!.Value.JointLogProbability >= before - 1e-5, $"Step {i}: {before} became {trainer.LastEStep}.");
            changes += trainer.LastEStep!.Value.ChangedShare > 0 ? 1 : 0;
        }
        Assert.NotEqual(0, changes);

        double Bound()
        {
            bench.Tape.Reset(recording: false);
            bench.Pass.BeginGiven(trainer.KeyedCompositions!.Load(bench.Tape, all, data.Load(all)));
            return bench.Joint(network.LogLikelihood(bench.Pass, data.Load(all))).Average();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_that_goes_on_from_a_checkpoint_ends_like_one_that_was_not_interrupted(bool sharedBatches)
    {
        using var bench = new Workbench(Precision.Single);
        // In the middle between two E-steps.
        var whole = Interruption.AssertChangesNothing(() => Create(bench, sharedBatches).Trainer, after: 6, steps: 20).Whole;
        Assert.Contains(whole.State, state => state.Tensor.Values.ToArray().Any(value => value != 0));
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        using var one = new Workbench(Precision.Single);
        using var several = new Workbench(Precision.Single, threads: 3);
        var (_, expected) = Create(one);
        var (_, actual) = Create(several);
        for (int i = 0; i < 20; i++)
            Assert.Equal(expected.Step(), actual.Step());
        Assert.Equal(expected.LastEStep, actual.LastEStep);
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        using var bench = new Workbench(Precision.Single);
        var (_, trainer) = Create(bench);
        Allocations.AssertNone(() => Take(trainer, 20));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var bench = new Workbench(Precision.Single);
        var network = new SequenceNetwork(Sizes);
        AssertRefused("tells no keys of its inputs", () => Create(bench, new WholeNetwork<SequenceBatch>(network)));
        AssertRefused("can only begin with what is assigned", () => Create(bench, network, start: new ModeSelection()));
        AssertRefused("give no candidates", () => Create(bench, network, candidates: new SampledCandidates<SequenceBatch>(3)));
        var other = ModuleAssignment.RoundRobin(network.Layout.Layers[0], Sizes.Items + 1);
        AssertRefused("8 keys begin with 2 of 3 modules; layer", () => Create(bench, network, start: new AssignedSelection(other)));
        AssertRefused("selections of a key: there are 4.22E+03", () => Create(bench, new SequenceNetwork(Sizes with { Modules = 65 })));
        AssertRefused("need 20480000 sums", () => Create(bench, new SequenceNetwork(Sizes with { Modules = 4, Picks = 6, Items = 5000 })));
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(bench, network, keyed: new() { Forgetting = 1.5 }));
        var withoutTable = new SequenceNetwork(Sizes with { HasTable = false });
        AssertRefused("only controllers with a table", () => Create(bench, withoutTable, keyed: new() { ExchangesLogits = true }));
    }

    private static void AssertRefused(string message, Action create) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(create).Message, StringComparison.Ordinal);

    private static void Take(ViterbiEm<SequenceBatch> trainer, int steps)
    {
        for (int i = 0; i < steps; i++)
            trainer.Step();
    }

    private static (SequenceNetwork Network, ViterbiEm<SequenceBatch> Trainer) Create(Workbench bench, bool sharedBatches = false)
    {
        var network = new SequenceNetwork(Sizes);
        return (network, Create(bench, network, isShared: sharedBatches));
    }

    private static ViterbiEm<SequenceBatch> Create(
        Workbench bench,
        ModularNetwork<SequenceBatch> network,
        KeyedEmOptions? keyed = null,
        SelectionRule? start = null,
        CandidateStrategy<SequenceBatch>? candidates = null,
        bool isShared = false) => new(
        network,
        Problem,
        new Adam(network.Parameters, bench.Kernels, learningRate: 0.02),
        bench.Tape,
        RandomKey.FromSeed(6),
        new ViterbiEmOptions { BatchSize = 13, MStepsPerEStep = 4, SharedBatches = isShared, Keyed = keyed ?? new() },
        candidates,
        start);
}
