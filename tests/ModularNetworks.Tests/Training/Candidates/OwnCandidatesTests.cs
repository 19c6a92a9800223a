using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>An E-step's search of one's own.</summary>
public sealed class OwnCandidatesTests
{
    private const int Batch = 4;

    private static readonly RandomKey Key = RandomKey.FromSeed(73);

    [Fact]
    public void A_search_of_ones_own_finds_the_best_of_what_it_proposes()
    {
        using var bench = new Workbench(Precision.Double);
        var network = VectorNetwork.Create(layers: 2, modules: 3, picks: 1);
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        var data = VectorNetwork.Batch(Key, Batch, size: 2, Precision.Double);
        double[][] joint = Enumeration.Scores(bench, network, data, Batch).Joint;
        var store = new CompositionStore(network.Layout, Batch, Key);
        int[][] expected = [.. Enumerable.Range(0, Batch).Select(n => Best(network.Layout, store, joint, n))];
        new EStep<VectorBatch>(network, store, bench.Tape, new SameModules(modules: 3)).Run([0, 1, 2, 3], data, Key);
        for (int n = 0; n < Batch; n++)
            Assert.Equal(expected[n], Stored(store, n));
    }

    [Fact]
    public void EM_searches_by_a_search_of_ones_own()
    {
        using var bench = new Workbench(Precision.Single);
        var network = VectorNetwork.Create(layers: 2, modules: 2, picks: 1);
        var optimizer = new Sgd(network.Parameters, bench.Kernels, learningRate: 0.01);
        var em = new ViterbiEm<VectorBatch>(
            network, new ToyProblem(40, Key), optimizer, bench.Tape, Key, candidates: new SameModules(modules: 2));
        em.Step();
        Assert.InRange(em.LastEStep!.Value.ChangedShare, 0.1, 1);
    }

    /// <summary>The best of the stored composition and of those that use one module in all layers.</summary>
    private static int[] Best(CompositionLayout layout, CompositionStore store, double[][] joint, int n)
    {
        int[][] tried = [Stored(store, n), [0, 0], [1, 1], [2, 2]];
        return tried.MaxBy(picks => joint[Enumeration.IndexOf(layout, picks)][n])!;
    }

    private static int[] Stored(CompositionStore store, int n) => [store[n, 0], store[n, 1]];

    /// <summary>Tries, beside the stored composition, each module for all picks alike.</summary>
    private sealed class SameModules(int modules) : CandidateStrategy<VectorBatch>
    {
        public override SelectionRule Propose(ForwardPass pass, IndexTensor stored, VectorBatch batch, RandomKey key)
        {
            int count = stored.Values.Length;
            var tried = IndexTensor.Allocate(new Shape((1 + modules) * stored.Shape[0], stored.Shape[1]));
            stored.Values.CopyTo(tried.Values);
            for (int module = 0; module < modules; module++)
                tried.Values.Slice((1 + module) * count, count).Fill(module);
            return new GivenSelection(tried, 1 + modules);
        }
    }
}
