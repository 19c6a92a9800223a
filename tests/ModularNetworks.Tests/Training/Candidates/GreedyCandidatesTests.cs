using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class GreedyCandidatesTests
{
    private const int Batch = 5;

    private static readonly RandomKey Key = RandomKey.FromSeed(71);

    // Modules, picks, whether the unit has no fused kernel.
    [Theory]
    [InlineData(3, 1, false)]
    [InlineData(3, 2, false)]
    [InlineData(3, 2, true)]
    [InlineData(1, 2, false)]
    [InlineData(2, 3, false)]
    [InlineData(2, 3, true)]
    public void Every_step_takes_the_best_selection_given_the_steps_before(int modules, int picks, bool isPlain)
    {
        var sizes = new SequenceSizes(Items: 6, Embedding: 3, Hidden: 4, modules, picks, Steps: 4);
        using var bench = new Workbench(Precision.Double);
        var network = isPlain ? SequenceNetwork.Plain(sizes) : new SequenceNetwork(sizes);
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        var data = SequenceNetwork.Batch(Key, sizes, Batch, Precision.Double);
        var stored = IndexTensor.Allocate(new Shape(Batch, network.Layout.Length));
        bench.Pass.Begin(new GreedyCandidates<SequenceBatch>(network).Propose(bench.Pass, stored, data, Key), Batch);
        network.LogLikelihood(bench.Pass, data);
        int[][] actual = [.. Enumerable.Range(Batch, Batch).Select(row => Composition(bench.Pass, row, network.Layout.Length))];
        Assert.Equal(ByHand(bench, network, sizes, data), actual);
    }

    [Fact]
    public void A_composition_that_is_worse_over_the_whole_sequence_is_not_taken()
    {
        (int kept, int taken) = (0, 0);
        for (ulong seed = 0; seed < 30; seed++)
        {
            using var problem = CandidateProblem.Create("steps", seed);
            var store = new CompositionStore(problem.Layout, CandidateProblem.Batch, RandomKey.FromSeed(seed).Split(1));
            int[] before = problem.Stored(store);
            int[] greedy = problem.Candidates(EStepCandidates.Greedy, samples: 0, store, default)[1];
            problem.RunEStep(EStepCandidates.Greedy, samples: 0, store, default);
            int[] after = problem.Stored(store);
            foreach (int n in CandidateProblem.Datapoints)
            {
                bool isBetter = problem.Joint[greedy[n]][n] > problem.Joint[before[n]][n] + 1e-10;
                Assert.Equal(isBetter ? greedy[n] : before[n], after[n]);
                (kept, taken) = isBetter ? (kept, taken + 1) : (kept + 1, taken);
            }
        }
        Assert.True(kept > 5 && taken > 5, $"{kept} kept, {taken} taken: the test shows only one of the two.");
    }

    [Fact]
    public void A_network_without_time_steps_is_refused()
    {
        var network = VectorNetwork.Create(layers: 2, modules: 2, picks: 1);
        var error = Assert.Throws<ArgumentException>(() => new GreedyCandidates<VectorBatch>(network));
        Assert.Contains("VectorNetwork has no time steps", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recurrent_network_with_two_layers_is_refused()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new GreedyCandidates<SequenceBatch>(new TwoLayers()));
        Assert.Contains("names 2 layers; single steps need exactly one", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_selections_at_one_step_are_refused()
    {
        var sizes = new SequenceSizes(Items: 3, Embedding: 2, Hidden: 2, Modules: 17, Picks: 3, Steps: 1);
        var error = Assert.Throws<ArgumentException>(() => new GreedyCandidates<SequenceBatch>(new SequenceNetwork(sizes)));
        Assert.Contains("there are 4.91E+03; at most 4096", error.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// Sequences cut off after each step, run as a whole with every selection at their last step: the joint log-probability
    /// of what comes before is the same for all.
    /// </summary>
    private static int[][] ByHand(Workbench bench, SequenceNetwork network, SequenceSizes sizes, SequenceBatch data)
    {
        int selections = (int)Math.Pow(sizes.Modules, sizes.Picks);
        int[][] compositions = [.. Enumerable.Range(0, Batch).Select(_ => Array.Empty<int>())];
        for (int step = 0; step < sizes.Steps; step++)
        {
            var cut = new SequenceBatch(Cut(data.Inputs, step), Cut(data.Targets, step), data.Initial);
            var ofStep = new CompositionLayout(network.Unit.Layout(steps: 1));
            var tried = Enumerable.Range(0, selections).Select(i => Enumeration.Composition(ofStep, i)).ToArray();
            double[][] joint = [.. tried.Select(selection => Joint(bench, network, cut, compositions, selection))];
            compositions = [.. compositions.Select((before, n) => (int[])[.. before, .. tried[Best(joint, n)]])];
        }
        return compositions;
    }

    private static int Best(double[][] joint, int n) => Enumerable.Range(0, joint.Length).MaxBy(i => joint[i][n]);

    private static double[] Joint(
        Workbench bench, SequenceNetwork network, SequenceBatch cut, int[][] before, int[] selection)
    {
        int[] picks = [.. before.SelectMany(composition => composition.Concat(selection))];
        bench.Tape.Reset(recording: false);
        bench.Pass.BeginGiven(IndexTensor.From(new Shape(Batch, picks.Length / Batch), picks));
        return bench.Joint(network.LogLikelihood(bench.Pass, cut));
    }

    private static IndexTensor Cut(IndexTensor items, int step)
    {
        int count = (step + 1) * Batch;
        return IndexTensor.From(new Shape(count), items.Values[..count]);
    }

    private static int[] Composition(ForwardPass pass, int row, int length)
    {
        int[] picks = new int[length];
        pass.Trace.CopyComposition(row, picks);
        return picks;
    }

    private sealed class TwoLayers() : SequenceNetwork(new SequenceSizes(3, 2, 2, Modules: 2, Picks: 1, Steps: 2))
    {
        public override CompositionLayout Layout => new(Unit.Layout(steps: 2), Unit.Layout(steps: 2));
    }
}
