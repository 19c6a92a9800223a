using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The gain of an E-step that sees the labels: the loss with the controllers' modules less the loss with a*, the composition of an
/// E-step that sees y (Eqs. 10 and 11),
/// <code>mean over n of log p(y|x, a*, θ) − log p(y|x, mode, θ), a* = argmax over candidates of p(y|x, a, θ) p(a|x, φ)</code>
/// in nats. Modules are trained with a*, but work with the mode: a large value on held-out data is an advantage in training that
/// no controller can keep.
/// </summary>
/// <remarks>
/// <see cref="OracleGap"/> is the largest gain of any candidate, however improbable the controllers find it; leakage is the gain
/// of the candidate that EM would store. It can be slightly below 0, where a candidate is more probable than the mode of
/// controllers that each decide by themselves.
/// </remarks>
public static class Leakage
{
    /// <summary>Measures a mini-batch.</summary>
    /// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
    /// <param name="network">The network; its layers have controllers.</param>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="batch">The datapoints, held out from training.</param>
    /// <param name="batchSize">Their number.</param>
    /// <param name="candidates">
    /// Finds what the E-step tries: all compositions where they are few (<see cref="ExhaustiveCandidates{TBatch}"/>), samples
    /// elsewhere. The mode takes the place of the stored composition, which held-out data do not have.
    /// </param>
    /// <param name="key">Decides what is sampled.</param>
    /// <returns>The mean in nats per datapoint.</returns>
    public static double Of<TBatch>(
        ModularNetwork<TBatch> network, Tape tape, TBatch batch, int batchSize, CandidateStrategy<TBatch> candidates, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(candidates);
        var pass = new ForwardPass(tape);
        var modes = ModeCompositions.Of(network, pass, batch, batchSize);
        tape.Reset(recording: false);
        pass.Begin(candidates.Propose(pass, modes, batch, key), batchSize);
        var logLikelihood = network.LogLikelihood(pass, batch);
        var joint = tape.Add(logLikelihood, pass.Trace.RequireLogProbability());
        double sum = 0;
        for (int n = 0; n < batchSize; n++)
        {
            int best = BestRow(joint, n, batchSize, pass.Candidates);
            sum += logLikelihood[best] - logLikelihood[n];
        }
        return sum / batchSize;
    }

    /// <summary>The row of a datapoint's candidate with the largest joint probability; the mode wins ties, as a stored a* does.</summary>
    private static int BestRow(Tensor joint, int n, int batchSize, int candidates)
    {
        int best = n;
        for (int candidate = 1; candidate < candidates; candidate++)
        {
            int row = (candidate * batchSize) + n;
            if (joint[row] > joint[best])
                best = row;
        }
        return best;
    }
}
