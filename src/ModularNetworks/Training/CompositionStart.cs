using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Where a* begins: a rule selects modules once for every datapoint, and what it selects is stored. Algorithm 1 begins with
/// uniform draws, from which modules learn noise first; a function of the input is as arbitrary, but a controller can follow it
/// from the first step.
/// </summary>
internal static class CompositionStart
{
    // Larger than mini-batches: nothing is recorded, and it is done once.
    private const int DatapointsAtOnce = 256;

    /// <summary>Stores what a rule selects.</summary>
    /// <param name="rule">Selects the modules.</param>
    /// <param name="network">Runs the rule; its parameters stay as they are.</param>
    /// <param name="data">The training set, not ordered.</param>
    /// <param name="compositions">Receives a* of all datapoints.</param>
    /// <param name="tape">Lends the memory.</param>
    public static void Fill<TBatch>(
        SelectionRule rule, ModularNetwork<TBatch> network, ITrainingSet<TBatch> data, CompositionStore compositions, Tape tape)
    {
        var pass = new ForwardPass(tape);
        int[] picks = SizedArray.Create<int>(nameof(CompositionStart), compositions.Layout.Length);
        foreach (int[] datapoints in Enumerable.Range(0, data.Count).Chunk(DatapointsAtOnce))
        {
            tape.Reset(recording: false);
            pass.Begin(rule, datapoints.Length);
            network.LogLikelihood(pass, data.Load(datapoints));
            for (int n = 0; n < datapoints.Length; n++)
            {
                pass.Trace.CopyComposition(n, picks);
                compositions.Store(datapoints[n], picks);
            }
        }
    }
}
