using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class AssignedSelectionTests
{
    private const int Batch = 4;

    private static readonly RandomKey Key = RandomKey.FromSeed(59);
    private static readonly SequenceSizes Sizes = new(Items: 7, Embedding: 3, Hidden: 4, Modules: 5, Picks: 2, Steps: 3);

    [Fact]
    public void A_run_uses_the_modules_of_what_its_inputs_show()
    {
        var assignment = ModuleAssignment.RoundRobin(new LayerLayout("gru", Sizes.Modules, Sizes.Picks), Sizes.Items);
        var network = new SequenceNetwork(Sizes);
        var run = UnitRun.Of(network, Sizes, Batch, new AssignedSelection(assignment), precision: Precision.Double);
        var items = SequenceNetwork.Batch(RandomKey.FromSeed(38), Sizes, Batch, Precision.Double).Inputs;
        for (int row = 0; row < Batch; row++)
        {
            int[] composition = run.Composition(row);
            for (int pick = 0; pick < composition.Length; pick++)
                Assert.Equal(assignment[items.Values[(pick / Sizes.Picks * Batch) + row], pick % Sizes.Picks], composition[pick]);
        }
        var given = UnitRun.Of(new SequenceNetwork(Sizes), Sizes, Batch, new GivenSelection(run.Compositions));
        Numbers.AssertClose(given.LogLikelihood, run.LogLikelihood, 1e-12, "log-likelihood");
        Assert.Empty(run.LogProbability);
        Assert.Equal(0, run.Entropies[1], 1e-12);
    }

    [Fact]
    public void What_is_not_assigned_or_not_told_is_refused()
    {
        using var bench = new Workbench(Precision.Single);
        var network = new SequenceNetwork(Sizes);
        var batch = SequenceNetwork.Batch(Key, Sizes, Batch, Precision.Single);
        bench.Pass.Begin(new AssignedSelection(ModuleAssignment.RoundRobin(network.Layout.Layers[0], 2)), Batch);
        Assert.Contains("keys 0 to 1 are assigned", Assert.Throws<ArgumentException>(() => network.LogLikelihood(bench.Pass, batch)).Message, StringComparison.Ordinal);
        bench.Pass.Begin(new AssignedSelection(new ModuleAssignment(5, 1, 0, 1, 2, 3, 4, 0, 1)), Batch);
        Assert.Contains("1 of 5 modules are assigned", Assert.Throws<ArgumentException>(() => network.LogLikelihood(bench.Pass, batch)).Message, StringComparison.Ordinal);
        var layer = VectorNetwork.Layer("layer", modules: 5, picks: 1, size: 2);
        Assert.Contains("input keys", Assert.Throws<ArgumentException>(() => layer.Forward(bench.Pass, Tensor.Allocate(new Shape(Batch, 2)))).Message, StringComparison.Ordinal);
    }
}
