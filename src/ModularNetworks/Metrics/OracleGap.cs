using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The gain that a better choice of modules could still bring: the mean over datapoints of
/// <code>max over {mode} and {S samples} of log p(y|x, a, θ) − log p(y|x, mode, θ)</code>
/// in nats. The maximum knows the target, as an E-step's does (Eq. 11), so that no controller can close the gap altogether.
/// </summary>
public static class OracleGap
{
    /// <summary>Measures a mini-batch.</summary>
    /// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="batch">The datapoints.</param>
    /// <param name="batchSize">Their number.</param>
    /// <param name="samples">S, the number of compositions sampled for each datapoint.</param>
    /// <param name="key">Decides the samples.</param>
    /// <returns>0 or more, in nats per datapoint.</returns>
    public static double Of<TBatch>(
        ModularNetwork<TBatch> network, Tape tape, TBatch batch, int batchSize, int samples, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(tape);
        var pass = new ForwardPass(tape);
        var modes = ModeCompositions.Of(network, pass, batch, batchSize);
        tape.Reset(recording: false);
        pass.Begin(new CandidateSelection(modes, samples, key), batchSize);
        var logLikelihood = network.LogLikelihood(pass, batch);
        double sum = 0;
        for (int n = 0; n < batchSize; n++)
        {
            double best = logLikelihood[n];
            for (int candidate = 1; candidate <= samples; candidate++)
                best = Math.Max(best, logLikelihood[(candidate * batchSize) + n]);
            sum += best - logLikelihood[n];
        }
        return sum / batchSize;
    }
}
