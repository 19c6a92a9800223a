using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Measures what would take too long on all data on datapoints at even distances.</summary>
internal static class InspectionSamples
{
    private const int CompareDatapoints = 2000;
    private const int GapDatapoints = 512;
    private const int GapDatapointsAtOnce = 128;
    private const int GapSamples = 10;

    /// <summary>Numbers at even distances.</summary>
    /// <param name="count">The number of items to choose from.</param>
    /// <param name="most">The largest number of items to choose.</param>
    public static int[] Spread(int count, int most)
    {
        int chosen = Math.Min(count, most);
        return [.. Enumerable.Range(0, chosen).Select(i => (int)((long)i * count / chosen))];
    }

    /// <summary>Adds how far stored compositions agree with the controllers' modes, and the oracle gap.</summary>
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
        };
    }

    private static OracleGapEstimate Gap<TBatch>(ModularNetwork<TBatch> network, Tape tape, ITrainingSet<TBatch> heldOut)
    {
        int[] datapoints = Spread(heldOut.Count, GapDatapoints);
        double sum = 0;
        ulong batches = 0;
        // Always the same samples, so that two inspections of a network say the same.
        var key = RandomKey.FromSeed(0).Split("oracle gap");
        foreach (int[] batch in datapoints.Chunk(GapDatapointsAtOnce))
            sum += batch.Length * OracleGap.Of(network, tape, heldOut.Load(batch), batch.Length, GapSamples, key.Split(batches++));
        return new OracleGapEstimate(sum / datapoints.Length, GapSamples, datapoints.Length);
    }
}
