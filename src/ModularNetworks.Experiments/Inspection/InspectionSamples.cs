using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Measures what would take too long on all data on datapoints at even distances.</summary>
internal static class InspectionSamples
{
    private const int CompareDatapoints = 2000;
    private const int GapDatapoints = 512;
    private const int GapDatapointsAtOnce = 128;
    private const int GapSamples = 10;
    private const int ExhaustiveCompositions = 64;

    /// <summary>Numbers at even distances.</summary>
    /// <param name="count">The number of items to choose from.</param>
    /// <param name="most">The largest number of items to choose.</param>
    public static int[] Spread(int count, int most)
    {
        int chosen = Math.Min(count, most);
        return [.. Enumerable.Range(0, chosen).Select(i => (int)((long)i * count / chosen))];
    }

    /// <summary>Adds how far stored compositions agree with the controllers' modes, the oracle gap, and the leakage.</summary>
    /// <typeparam name="TBatch">The network's mini-batches.</typeparam>
    /// <param name="inspection">The inspection without these entries.</param>
    /// <param name="network">The network, which selects modules.</param>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="stored">The stored compositions; null if the method keeps none.</param>
    /// <param name="train">The training set.</param>
    /// <param name="heldOut">The held-out data.</param>
    public static NetworkInspection AddTo<TBatch>(
        NetworkInspection inspection, ModularNetwork<TBatch> network, Tape tape, CompositionStore? stored, ITrainingSet<TBatch> train,
        ITrainingSet<TBatch> heldOut)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(heldOut);
        return inspection with
        {
            // Windows that go on from the state before them cannot be read out of their order.
            StoredAgreement = stored is null || train.IsOrdered
                ? null
                : CompositionAgreement.Of(network, tape, stored, train, Spread(train.Count, CompareDatapoints)),
            OracleGap = Gap(network, tape, heldOut),
            Leakage = LeakageOf(network, tape, heldOut),
        };
    }

    private static OracleGapEstimate Gap<TBatch>(ModularNetwork<TBatch> network, Tape tape, ITrainingSet<TBatch> heldOut)
    {
        // Always the same samples, so that two inspections of a network say the same.
        var key = RandomKey.FromSeed(0).Split("oracle gap");
        var (mean, datapoints) = Mean(heldOut, (batch, size, number) =>
            OracleGap.Of(network, tape, batch, size, GapSamples, key.Split(number)));
        return new OracleGapEstimate(mean, GapSamples, datapoints);
    }

    private static LeakageEstimate LeakageOf<TBatch>(ModularNetwork<TBatch> network, Tape tape, ITrainingSet<TBatch> heldOut)
    {
        bool isExhaustive = network.Layout.CompositionCount <= ExhaustiveCompositions;
        CandidateStrategy<TBatch> candidates = isExhaustive
            ? new ExhaustiveCandidates<TBatch>(network.Layout)
            : new SampledCandidates<TBatch>(GapSamples);
        var key = RandomKey.FromSeed(0).Split("leakage");
        var (mean, datapoints) = Mean(heldOut, (batch, size, number) =>
            Leakage.Of(network, tape, batch, size, candidates, key.Split(number)));
        return new LeakageEstimate(mean, isExhaustive ? null : GapSamples, datapoints);
    }

    private static (double Mean, int Datapoints) Mean<TBatch>(ITrainingSet<TBatch> heldOut, Func<TBatch, int, ulong, double> meanOfBatch)
    {
        int[] datapoints = Spread(heldOut.Count, GapDatapoints);
        double sum = 0;
        ulong batches = 0;
        foreach (int[] batch in datapoints.Chunk(GapDatapointsAtOnce))
            sum += batch.Length * meanOfBatch(heldOut.Load(batch), batch.Length, batches++);
        return (sum / datapoints.Length, datapoints.Length);
    }
}
