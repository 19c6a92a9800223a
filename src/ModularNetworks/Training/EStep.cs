using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The partial E-step (Eq. 11): for every datapoint of a mini-batch, samples S compositions from the controllers and
/// keeps the best of them and the stored one,
/// <code>a* = argmax over {samples} and {a*} of p(y|x, a, θ) p(a|x, φ)</code>
/// so that the joint log-probability of a stored composition never falls. Ties keep what is stored.
/// </summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
/// <param name="network">Scores the compositions.</param>
/// <param name="compositions">Holds a* of all datapoints.</param>
/// <param name="tape">Lends the memory.</param>
/// <param name="samples">S.</param>
public sealed class EStep<TBatch>(ModularNetwork<TBatch> network, CompositionStore compositions, Tape tape, int samples)
{
    private readonly ModularPass _pass = new(tape);
    private readonly int[] _composition = new int[compositions.Layout.Length];

    /// <summary>Updates a* of a mini-batch.</summary>
    /// <param name="datapoints">The numbers of the datapoints, <c>[batch]</c>.</param>
    /// <param name="batch">The same datapoints' inputs and targets.</param>
    /// <param name="key">Decides the samples.</param>
    public EStepResult Run(ReadOnlySpan<int> datapoints, TBatch batch, RandomKey key)
    {
        tape.Reset(recording: false);
        _pass.BeginCandidates(StoredCompositions.Load(tape, compositions, datapoints), samples, key);
        var logLikelihood = network.LogLikelihood(_pass, batch);
        _pass.RequireComplete();
        var joint = tape.Add(logLikelihood, _pass.LogProbability!); // log p(y|x,a,θ) + log p(a|x,φ), [candidates * batch]

        int changed = 0;
        double sum = 0;
        for (int n = 0; n < datapoints.Length; n++)
        {
            int best = BestCandidate(joint, n, datapoints.Length);
            sum += Element(joint, (best * datapoints.Length) + n);
            if (best == 0)
                continue;
            changed++;
            Store(datapoints[n], row: (best * datapoints.Length) + n);
        }
        return new EStepResult(sum / datapoints.Length, (double)changed / datapoints.Length);
    }

    /// <summary>The candidate with the largest joint probability. Candidate 0 is the stored composition and wins ties.</summary>
    private int BestCandidate(Tensor joint, int n, int batchSize)
    {
        int best = 0;
        for (int candidate = 1; candidate <= samples; candidate++)
        {
            if (Element(joint, (candidate * batchSize) + n) > Element(joint, (best * batchSize) + n))
                best = candidate;
        }
        return best;
    }

    private static double Element(Tensor tensor, int index) =>
        tensor.Precision == Precision.Single ? tensor.As<float>()[index] : tensor.As<double>()[index];

    private void Store(int datapoint, int row)
    {
        _pass.CopyComposition(row, _composition);
        for (int pick = 0; pick < _composition.Length; pick++)
            compositions[datapoint, pick] = _composition[pick];
    }
}

/// <summary>What an E-step did.</summary>
/// <param name="JointLogProbability">The mean of log p(y, a*|x, θ, φ) after the step, in nats per datapoint.</param>
/// <param name="ChangedShare">The share of datapoints whose composition changed, from 0 to 1.</param>
public readonly record struct EStepResult(double JointLogProbability, double ChangedShare);
