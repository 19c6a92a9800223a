using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>One run of a small language model with random parameters: its outputs and its gradients.</summary>
internal sealed record UnitRun(
    double[] LogLikelihood,
    double[] LogProbability,
    double[] BalancingLoss,
    IndexTensor Compositions,
    double[] Entropies,
    IReadOnlyList<(string Name, double[] Gradient)> Gradients)
{
    private static readonly RandomKey Key = RandomKey.FromSeed(38);

    public static UnitRun Of(
        SequenceNetwork network,
        SequenceSizes sizes,
        int batch,
        SelectionRule rule,
        bool detaches = false,
        bool recording = true,
        Precision precision = Precision.Double)
    {
        using var bench = new Workbench(precision);
        Numbers.Randomize(network.Parameters, Key, precision);
        var statistics = new SelectionStatistics();
        var pass = new ForwardPass(bench.Tape) { DetachesControllers = detaches, Observer = recording ? statistics : null };
        bench.Tape.Reset(recording);
        pass.Begin(rule, batch);
        var logLikelihood = network.LogLikelihood(pass, SequenceNetwork.Batch(Key, sizes, batch, precision));
        if (recording)
            bench.Tape.Backward(Sum(bench.Tape, [logLikelihood, pass.Trace.LogProbability, pass.Trace.BalancingLoss]));
        return new UnitRun(
            logLikelihood.ToDoubles(),
            pass.Trace.LogProbability?.ToDoubles() ?? [],
            pass.Trace.BalancingLoss?.ToDoubles() ?? [],
            AllCompositions(pass),
            [statistics.Layers, statistics.SelectionEntropy, statistics.BatchSelectionEntropy],
            [.. network.Parameters.Select(parameter => (parameter.Name, parameter.Gradient.ToDoubles()))]);
    }

    public int[] Composition(int row) =>
        Compositions.Values.Slice(row * Compositions.Shape[1], Compositions.Shape[1]).ToArray();

    public void AssertEqual(UnitRun other, double tolerance)
    {
        Assert.Equal(Compositions.Values.ToArray(), other.Compositions.Values.ToArray());
        Numbers.AssertClose(LogLikelihood, other.LogLikelihood, tolerance, "log-likelihood");
        Numbers.AssertClose(LogProbability, other.LogProbability, tolerance, "log-probability");
        Numbers.AssertClose(BalancingLoss, other.BalancingLoss, tolerance, "balancing loss");
        Numbers.AssertClose(Entropies, other.Entropies, tolerance, "entropies");
        foreach (var ((name, expected), (_, actual)) in Gradients.Zip(other.Gradients))
            Numbers.AssertClose(expected, actual, tolerance, name);
    }

    private static Tensor Sum(Tape tape, IEnumerable<Tensor?> parts) =>
        parts.OfType<Tensor>().Select(tape.Mean).Aggregate(tape.Add);

    private static IndexTensor AllCompositions(ForwardPass pass)
    {
        int length = pass.Trace.PickCount;
        var compositions = IndexTensor.Allocate(new Shape(pass.Rows, length));
        for (int row = 0; row < pass.Rows; row++)
            pass.Trace.CopyComposition(row, compositions.Values.Slice(row * length, length));
        return compositions;
    }
}
