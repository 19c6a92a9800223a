using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// How well controllers have learned what the E-steps found: the share of picks of the stored compositions a* that are
/// also the controllers' most probable ones. 1 once the model without labels does what gradient steps trained.
/// </summary>
public static class CompositionAgreement
{
    private const int DatapointsAtOnce = 128;

    /// <summary>Compares a* of some datapoints with the controllers' modes, pick by pick.</summary>
    /// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="stored">Holds a* of all datapoints of <paramref name="data"/>.</param>
    /// <param name="data">The training set.</param>
    /// <param name="datapoints">The numbers of the datapoints to compare, at least one.</param>
    /// <returns>From 0 to 1.</returns>
    public static double Of<TBatch>(
        ModularNetwork<TBatch> network, Tape tape, CompositionStore stored, ITrainingSet<TBatch> data, IEnumerable<int> datapoints)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(datapoints);
        var pass = new ForwardPass(tape);
        var mode = new ModeSelection();
        int[] picks = new int[network.Layout.Length];
        long equal = 0, compared = 0;
        foreach (int[] batch in datapoints.Chunk(DatapointsAtOnce))
        {
            tape.Reset(recording: false);
            pass.Begin(mode, batch.Length);
            network.LogLikelihood(pass, data.Load(batch));
            for (int n = 0; n < batch.Length; n++)
            {
                pass.Trace.CopyComposition(n, picks);
                for (int pick = 0; pick < picks.Length; pick++)
                    equal += picks[pick] == stored[batch[n], pick] ? 1 : 0;
            }
            compared += batch.Length * picks.Length;
        }
        return (double)equal / compared;
    }
}
