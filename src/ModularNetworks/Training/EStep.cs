using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The partial E-step (Eq. 11): for every datapoint of a mini-batch, tries some compositions and keeps the best of them
/// and the stored one,
/// <code>a* = argmax over {candidates} and {a*} of p(y|x, a, θ) p(a|x, φ)</code>
/// so that the joint log-probability of a stored composition never falls. Ties keep what is stored.
/// </summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
/// <param name="network">Scores the compositions.</param>
/// <param name="compositions">Holds a* of all datapoints.</param>
/// <param name="tape">Lends the memory.</param>
/// <param name="candidates">Makes the compositions to try.</param>
public sealed class EStep<TBatch>(
    ModularNetwork<TBatch> network, CompositionStore compositions, Tape tape, CandidateStrategy<TBatch> candidates) : IEStep<TBatch>
{
    private readonly ForwardPass _pass = new(tape);
    private readonly int[] _composition = SizedArray.Create<int>(nameof(EStep<>), compositions.Layout.Length);
    private IndexTensor _stored = IndexTensor.Allocate(new Shape(0, compositions.Layout.Length));

    /// <summary>Updates a* of a mini-batch.</summary>
    /// <param name="datapoints">The numbers of the datapoints, <c>[batch]</c>.</param>
    /// <param name="batch">The same datapoints' inputs and targets.</param>
    /// <param name="key">Decides what is sampled.</param>
    public EStepResult Run(ReadOnlySpan<int> datapoints, TBatch batch, RandomKey key)
    {
        LoadStored(datapoints);
        tape.Reset(recording: false);
        _pass.Begin(candidates.Propose(_pass, _stored, batch, key), datapoints.Length);
        var logLikelihood = network.LogLikelihood(_pass, batch);
        _pass.RequireComplete();
        var joint = tape.Add(logLikelihood, _pass.Trace.RequireLogProbability()); // log p(y|x,a,θ) + log p(a|x,φ), [candidates * batch]

        var (changed, sum, tried) = (0, 0.0, _pass.Candidates);
        for (int n = 0; n < datapoints.Length; n++)
        {
            int best = BestCandidate(joint, tried, n, datapoints.Length);
            sum += joint[(best * datapoints.Length) + n];
            if (best == 0)
                continue;
            changed++;
            Store(datapoints[n], row: (best * datapoints.Length) + n);
        }
        return new EStepResult(sum / datapoints.Length, (double)changed / datapoints.Length);
    }

    private void LoadStored(ReadOnlySpan<int> datapoints)
    {
        if (_stored.Shape[0] != datapoints.Length)
            _stored = IndexTensor.Allocate(new Shape(datapoints.Length, compositions.Layout.Length));
        compositions.CopyTo(_stored.Values, datapoints);
    }

    /// <summary>The candidate with the largest joint probability. Candidate 0 is the stored composition and wins ties.</summary>
    private static int BestCandidate(Tensor joint, int candidates, int n, int batchSize)
    {
        int best = 0;
        double highest = joint[n];
        for (int candidate = 1; candidate < candidates; candidate++)
        {
            double value = joint[(candidate * batchSize) + n];
            if (value > highest)
                (best, highest) = (candidate, value);
        }
        return best;
    }

    private void Store(int datapoint, int row)
    {
        _pass.Trace.CopyComposition(row, _composition);
        compositions.Store(datapoint, _composition);
    }
}

/// <summary>The result of an E-step.</summary>
/// <param name="JointLogProbability">The mean of log p(y, a*|x, θ, φ) after the step, in nats per datapoint.</param>
/// <param name="ChangedShare">
/// The share of datapoints whose composition changed, from 0 to 1; of the mini-batch's keys in EM by key.
/// </param>
public readonly record struct EStepResult(double JointLogProbability, double ChangedShare);
