using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Agreement, oracle gap and leakage against trying all compositions, which small networks allow.</summary>
public sealed class CompositionMetricsTests
{
    private const int Batch = 5;
    private const double Tolerance = 1e-10;

    [Fact]
    public void The_oracle_gap_of_many_samples_is_that_of_the_best_composition()
    {
        using var bench = new Workbench(Precision.Double);
        var (network, data) = Create();
        var (selection, joint) = Enumeration.Scores(bench, network, data, Batch);
        double expected = 0;
        for (int n = 0; n < Batch; n++)
        {
            double[] scores = [.. Enumerable.Range(0, joint.Length).Select(i => joint[i][n] - selection[i][n])];
            expected += (scores.Max() - scores[Enumeration.IndexOf(network.Layout, Mode(bench, network, data, n))]) / Batch;
        }
        Assert.True(expected > 0.01);
        Assert.Equal(expected, OracleGap.Of(network, bench.Tape, data, Batch, samples: 3000, RandomKey.FromSeed(3)), Tolerance);
        Assert.Equal(0, OracleGap.Of(network, bench.Tape, data, Batch, samples: 0, RandomKey.FromSeed(3)));
    }

    [Fact]
    public void Leakage_is_the_gain_of_the_best_composition_given_the_target()
    {
        using var bench = new Workbench(Precision.Double);
        var (network, data) = Create();
        var (selection, joint) = Enumeration.Scores(bench, network, data, Batch);
        double expected = 0, gap = 0;
        for (int n = 0; n < Batch; n++)
        {
            double[] scores = [.. Enumerable.Range(0, joint.Length).Select(i => joint[i][n] - selection[i][n])];
            double ofMode = scores[Enumeration.IndexOf(network.Layout, Mode(bench, network, data, n))];
            expected += (scores[Enumerable.Range(0, joint.Length).MaxBy(i => joint[i][n])] - ofMode) / Batch;
            gap += (scores.Max() - ofMode) / Batch;
        }
        Assert.InRange(expected, 0.01, gap - 0.01);
        Assert.Equal(expected, Leak(bench, network, data, new ExhaustiveCandidates<VectorBatch>(network.Layout)), Tolerance);
        Assert.Equal(expected, Leak(bench, network, data, new SampledCandidates<VectorBatch>(3000)), Tolerance);
        Assert.Equal(0, Leak(bench, network, data, new SampledCandidates<VectorBatch>(0)));
    }

    [Fact]
    public void Agreement_counts_the_picks_that_are_the_mode()
    {
        using var bench = new Workbench(Precision.Double);
        var (network, data) = Create();
        var store = new CompositionStore(network.Layout, Batch, RandomKey.FromSeed(1));
        for (int n = 0; n < Batch; n++)
        {
            int[] mode = Mode(bench, network, data, n);
            for (int pick = 0; pick < mode.Length; pick++)
                store[n, pick] = mode[pick];
        }
        Assert.Equal(1, Agreement(bench, network, data, store));
        store[2, 1] = (store[2, 1] + 1) % 3;
        store[4, 0] = (store[4, 0] + 1) % 3;
        Assert.Equal(1 - (2.0 / (Batch * network.Layout.Length)), Agreement(bench, network, data, store), Tolerance);
    }

    private static double Leak(Workbench bench, VectorNetwork network, VectorBatch data, CandidateStrategy<VectorBatch> candidates) =>
        Leakage.Of(network, bench.Tape, data, Batch, candidates, RandomKey.FromSeed(3));

    private static double Agreement(Workbench bench, VectorNetwork network, VectorBatch data, CompositionStore store) =>
        CompositionAgreement.Of(network, bench.Tape, store, new WholeSet(data), Enumerable.Range(0, Batch));

    private static (VectorNetwork Network, VectorBatch Data) Create()
    {
        var network = VectorNetwork.Create(layers: 2, modules: 3, picks: 1);
        Numbers.Randomize(network.Parameters, RandomKey.FromSeed(6), Precision.Double);
        return (network, VectorNetwork.Batch(RandomKey.FromSeed(7), Batch, size: 2, Precision.Double));
    }

    private static int[] Mode(Workbench bench, VectorNetwork network, VectorBatch data, int n)
    {
        int[] mode = new int[network.Layout.Length];
        bench.Tape.Reset(recording: false);
        bench.Pass.Begin(new ModeSelection(), Batch);
        network.LogLikelihood(bench.Pass, data);
        bench.Pass.Trace.CopyComposition(n, mode);
        return mode;
    }

    private sealed class WholeSet(VectorBatch data) : ITrainingSet<VectorBatch>
    {
        public int Count => Batch;

        public VectorBatch Load(ReadOnlySpan<int> datapoints)
        {
            Assert.Equal(Enumerable.Range(0, Batch), datapoints.ToArray());
            return data;
        }
    }
}
