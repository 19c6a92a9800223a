using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class CompositionStartTests
{
    private const int Count = 300;

    private static readonly SequenceSizes Sizes = new(Items: 11, Embedding: 4, Hidden: 5, Modules: 3, Picks: 2, Steps: 6);
    private static readonly SequenceProblem Problem = new(Count, Sizes, RandomKey.FromSeed(5));

    [Fact]
    public void Compositions_begin_with_what_the_rule_selects_and_stay_without_E_steps()
    {
        using var bench = new Workbench(Precision.Single);
        var network = new SequenceNetwork(Sizes);
        var assignment = ModuleAssignment.RoundRobin(network.Layout.Layers[0], Sizes.Items);
        var trainer = Create(bench, network, new AssignedSelection(assignment), mStepsPerEStep: 0);
        for (int i = 0; i < 5; i++)
            trainer.Step();
        Assert.Equal((0, null), (trainer.ESteps, trainer.LastEStep));
        for (int n = 0; n < Count; n++)
        {
            var items = Problem.Load([n]).Inputs.Values;
            for (int pick = 0; pick < network.Layout.Length; pick++)
                Assert.Equal(assignment[items[pick / Sizes.Picks], pick % Sizes.Picks], trainer.Compositions![n, pick]);
        }
    }

    [Fact]
    public void The_mode_of_the_first_controllers_changes_nothing_but_the_compositions()
    {
        using var bench = new Workbench(Precision.Single);
        var network = new SequenceNetwork(Sizes);
        float[] before = network.Unit.GateWeight!.Value.Values.ToArray();
        var trainer = Create(bench, network, new ModeSelection(), mStepsPerEStep: 0);
        Assert.Equal(before, network.Unit.GateWeight!.Value.Values.ToArray());
        trainer.Step();
        using var second = new Workbench(Precision.Single);
        var same = new SequenceNetwork(Sizes);
        second.Pass.Begin(new ModeSelection(), 1);
        same.LogLikelihood(second.Pass, Problem.Load([17]));
        int[] composition = new int[same.Layout.Length];
        second.Pass.Trace.CopyComposition(0, composition);
        Assert.Equal(composition, Enumerable.Range(0, composition.Length).Select(pick => trainer.Compositions![17, pick]));
    }

    [Fact]
    public void Going_on_from_a_later_step_does_not_begin_again()
    {
        using var bench = new Workbench(Precision.Single);
        var network = new SequenceNetwork(Sizes);
        var trainer = Create(bench, network, new ModeSelection(), mStepsPerEStep: 4);
        byte[] before = trainer.Compositions!.Bytes.ToArray();
        trainer.ResumeAt(1);
        trainer.Step();
        Assert.Equal(before, trainer.Compositions!.Bytes.ToArray());
    }

    [Fact]
    public void Mini_batches_of_E_steps_cannot_be_shared_where_there_are_none()
    {
        using var bench = new Workbench(Precision.Single);
        var error = Assert.Throws<ArgumentException>(() => Create(bench, new SequenceNetwork(Sizes), null, mStepsPerEStep: 0, isShared: true));
        Assert.Contains("no mini-batches", error.Message, StringComparison.Ordinal);
    }

    private static ViterbiEm<SequenceBatch> Create(
        Workbench bench, SequenceNetwork network, SelectionRule? start, int mStepsPerEStep, bool isShared = false) => new(
        network,
        Problem,
        new Adam(network.Parameters, bench.Kernels, learningRate: 0.02),
        bench.Tape,
        RandomKey.FromSeed(6),
        new ViterbiEmOptions { BatchSize = 33, Samples = 3, MStepsPerEStep = mStepsPerEStep, SharedBatches = isShared },
        start: start);
}
