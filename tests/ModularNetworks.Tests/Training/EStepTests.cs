using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>The E-step against trying all compositions, which small networks allow.</summary>
public sealed class EStepTests
{
    private const int Batch = 4;
    private const double Tolerance = 1e-10;

    private static readonly SequenceSizes Sequences = new(Items: 5, Embedding: 2, Hidden: 3, Modules: 2, Picks: 2, Steps: 2);

    // Layers, modules, picks.
    public static TheoryData<int, int, int> Networks => new() { { 1, 2, 1 }, { 1, 3, 2 }, { 2, 2, 2 }, { 2, 3, 1 } };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Probabilities_of_all_compositions_add_up_to_one(int layers, int modules, int picks)
    {
        using var bench = new Workbench(Precision.Double);
        var (network, data) = Create(layers, modules, picks, seed: 1);
        AssertAddsUpToOne(Enumeration.Scores(bench, network, data, Batch).Selection);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Sampled_compositions_have_the_scores_they_have_when_given(int layers, int modules, int picks)
    {
        using var bench = new Workbench(Precision.Double);
        var (network, data) = Create(layers, modules, picks, seed: 2);
        AssertSamplesAreScoredAsGiven(bench, network, data);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Many_samples_find_the_best_of_all_compositions(int layers, int modules, int picks)
    {
        using var bench = new Workbench(Precision.Double);
        var (network, data) = Create(layers, modules, picks, seed: 3);
        AssertFindsTheBest(bench, network, data);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_recurrent_network_is_searched_exactly_too(bool isUnrolled)
    {
        using var bench = new Workbench(Precision.Double);
        var network = isUnrolled ? new UnrolledSequenceNetwork(Sequences) : new SequenceNetwork(Sequences);
        Numbers.Randomize(network.Parameters, RandomKey.FromSeed(9), Precision.Double);
        var data = SequenceNetwork.Batch(RandomKey.FromSeed(10), Sequences, Batch, Precision.Double);
        AssertAddsUpToOne(Enumeration.Scores(bench, network, data, Batch).Selection);
        AssertSamplesAreScoredAsGiven(bench, network, data);
        AssertFindsTheBest(bench, network, data);
    }

    [Fact]
    public void Compositions_are_drawn_as_often_as_they_are_probable()
    {
        const int samples = 20_000;
        using var bench = new Workbench(Precision.Double);
        var (network, data) = Create(layers: 2, modules: 2, picks: 1, seed: 5);
        AssertFrequencies(bench, network, data, samples);
        var unit = new SequenceNetwork(Sequences with { Picks = 1 });
        Numbers.Randomize(unit.Parameters, RandomKey.FromSeed(9), Precision.Double);
        var sequences = SequenceNetwork.Batch(RandomKey.FromSeed(10), Sequences, Batch, Precision.Double);
        AssertFrequencies(bench, unit, sequences, samples);
    }

    [Fact]
    public void A_stored_composition_never_becomes_less_probable_and_others_are_not_touched()
    {
        using var bench = new Workbench(Precision.Double);
        for (ulong seed = 0; seed < 100; seed++)
        {
            var (network, data) = Create(layers: 2, modules: 3, picks: 2, seed);
            var store = new CompositionStore(network.Layout, 3 * Batch, RandomKey.FromSeed(seed).Split(1));
            int[] datapoints = [7, 0, 11, 4];
            byte[] before = store.Bytes.ToArray();
            double[] old = StoredJoint(bench, network, data, store, datapoints);
            var result = new EStep<VectorBatch>(network, store, bench.Tape, new SampledCandidates<VectorBatch>(3))
                .Run(datapoints, data, RandomKey.FromSeed(seed).Split(2));
            double[] updated = StoredJoint(bench, network, data, store, datapoints);
            for (int n = 0; n < Batch; n++)
                Assert.True(updated[n] >= old[n] - Tolerance, $"seed {seed}: {old[n]:R} fell to {updated[n]:R}");
            Assert.Equal(updated.Average(), result.JointLogProbability, Tolerance);
            Assert.Equal(Enumerable.Range(0, Batch).Count(n => updated[n] > old[n] + Tolerance), result.ChangedShare * Batch);
            AssertOthersUntouched(before, store, datapoints);
        }
    }

    [Fact]
    public void Ties_keep_what_is_stored()
    {
        using var bench = new Workbench(Precision.Double);
        var (network, data) = Create(layers: 1, modules: 3, picks: 1, seed: 1);
        foreach (var parameter in network.Parameters)
            parameter.Value.Set(new double[parameter.Shape.Count]);
        var store = new CompositionStore(network.Layout, Batch, RandomKey.FromSeed(1));
        byte[] before = store.Bytes.ToArray();
        var step = new EStep<VectorBatch>(network, store, bench.Tape, new SampledCandidates<VectorBatch>(50));
        var result = step.Run([0, 1, 2, 3], data, RandomKey.FromSeed(2));
        Assert.Equal(before, store.Bytes.ToArray());
        Assert.Equal(0, result.ChangedShare);
    }

    [Fact]
    public void Without_samples_nothing_changes()
    {
        using var bench = new Workbench(Precision.Double);
        var (network, data) = Create(layers: 2, modules: 3, picks: 2, seed: 1);
        var store = new CompositionStore(network.Layout, Batch, RandomKey.FromSeed(1));
        byte[] before = store.Bytes.ToArray();
        double[] joint = StoredJoint(bench, network, data, store, [0, 1, 2, 3]);
        var step = new EStep<VectorBatch>(network, store, bench.Tape, new SampledCandidates<VectorBatch>(0));
        var result = step.Run([0, 1, 2, 3], data, RandomKey.FromSeed(2));
        Assert.Equal(before, store.Bytes.ToArray());
        Assert.Equal(joint.Average(), result.JointLogProbability, Tolerance);
    }

    private static (VectorNetwork Network, VectorBatch Data) Create(int layers, int modules, int picks, ulong seed)
    {
        var key = RandomKey.FromSeed(seed);
        var network = VectorNetwork.Create(layers, modules, picks);
        Numbers.Randomize(network.Parameters, key.Split("parameters"), Precision.Double);
        return (network, VectorNetwork.Batch(key, Batch, size: 2, Precision.Double));
    }

    private static void AssertAddsUpToOne(double[][] selection)
    {
        for (int n = 0; n < Batch; n++)
            Assert.Equal(1, selection.Sum(scores => Math.Exp(scores[n])), Tolerance);
    }

    private static void AssertSamplesAreScoredAsGiven<TBatch>(Workbench bench, ModularNetwork<TBatch> network, TBatch data)
    {
        var expected = Enumeration.Scores(bench, network, data, Batch).Joint;
        int[] given = Enumeration.Composition(network.Layout, 1), used = new int[given.Length];
        bench.Tape.Reset(recording: false);
        bench.Pass.BeginCandidates(Enumeration.ForAll(Batch, given), samples: 10, RandomKey.FromSeed(6));
        double[] joint = bench.Joint(network.LogLikelihood(bench.Pass, data));
        var seen = new HashSet<int>();
        for (int row = 0; row < joint.Length; row++)
        {
            bench.Pass.Trace.CopyComposition(row, used);
            int index = Enumeration.IndexOf(network.Layout, used);
            seen.Add(index);
            Assert.Equal(expected[index][row % Batch], joint[row], Tolerance);
            if (row < Batch)
                Assert.Equal(given, used);
        }
        Assert.True(seen.Count > 1, "All samples are the same.");
    }

    private static void AssertFindsTheBest<TBatch>(Workbench bench, ModularNetwork<TBatch> network, TBatch data)
    {
        var joint = Enumeration.Scores(bench, network, data, Batch).Joint;
        var store = new CompositionStore(network.Layout, Batch, RandomKey.FromSeed(7));
        new EStep<TBatch>(network, store, bench.Tape, new SampledCandidates<TBatch>(2000))
            .Run([0, 1, 2, 3], data, RandomKey.FromSeed(8));
        for (int n = 0; n < Batch; n++)
        {
            int best = Enumerable.Range(0, joint.Length).MaxBy(i => joint[i][n]);
            int[] stored = [.. Enumerable.Range(0, network.Layout.Length).Select(pick => store[n, pick])];
            // Picks in another order make the same sum, so that scores and not compositions are compared.
            Assert.Equal(joint[best][n], joint[Enumeration.IndexOf(network.Layout, stored)][n], Tolerance);
        }
    }

    /// <summary>Frequencies within five standard deviations.</summary>
    private static void AssertFrequencies<TBatch>(
        Workbench bench, ModularNetwork<TBatch> network, TBatch data, int samples)
    {
        var expected = Enumeration.Scores(bench, network, data, Batch).Selection;
        int[,] counts = new int[expected.Length, Batch];
        int[] used = new int[network.Layout.Length];
        bench.Tape.Reset(recording: false);
        bench.Pass.BeginCandidates(Enumeration.ForAll(Batch, used), samples, RandomKey.FromSeed(12));
        network.LogLikelihood(bench.Pass, data);
        for (int row = Batch; row < bench.Pass.Rows; row++)
        {
            bench.Pass.Trace.CopyComposition(row, used);
            counts[Enumeration.IndexOf(network.Layout, used), row % Batch]++;
        }
        for (int i = 0; i < expected.Length; i++)
        {
            for (int n = 0; n < Batch; n++)
            {
                double p = Math.Exp(expected[i][n]), bound = 5 * Math.Sqrt(p * (1 - p) / samples);
                Assert.Equal(p, (double)counts[i, n] / samples, bound);
            }
        }
    }

    private static double[] StoredJoint(
        Workbench bench, VectorNetwork network, VectorBatch data, CompositionStore store, int[] datapoints)
    {
        bench.Tape.Reset(recording: false);
        bench.Pass.BeginStored(store, datapoints);
        return bench.Joint(network.LogLikelihood(bench.Pass, data));
    }

    private static void AssertOthersUntouched(byte[] before, CompositionStore store, int[] datapoints)
    {
        int length = store.Layout.Length;
        for (int i = 0; i < before.Length; i++)
        {
            if (!datapoints.Contains(i / length))
                Assert.Equal(before[i], store.Bytes[i]);
        }
    }
}
