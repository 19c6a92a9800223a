using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// One gradient step of the partial M-step (Eq. 8): moves θ and φ together up the gradient of the bound
/// <code>L = mean over n of log p(y_n|x_n, a*_n, θ) + log p(a*_n|x_n, φ)</code>
/// The entropy of q is constant, since q puts all its weight on a* (Eq. 9).
/// </summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
/// <param name="network">Is trained.</param>
/// <param name="compositions">Holds a* of all datapoints.</param>
/// <param name="tape">Records the operations.</param>
/// <param name="optimizer">Takes the step.</param>
/// <param name="detachedControllers">Whether the second gradient changes φ alone, as if layers' inputs did not depend on θ.</param>
public sealed class MStep<TBatch>(
    ModularNetwork<TBatch> network,
    CompositionStore compositions,
    Tape tape,
    Optimizer optimizer,
    bool detachedControllers = false)
{
    private readonly ModularPass _pass = new(tape) { DetachesControllers = detachedControllers };

    /// <summary>Takes one step.</summary>
    /// <param name="datapoints">The numbers of the datapoints, <c>[batch]</c>.</param>
    /// <param name="batch">The same datapoints' inputs and targets.</param>
    /// <param name="dropoutKey">Draws what the network drops; null to drop nothing.</param>
    /// <exception cref="NonFiniteLossException">The loss or a gradient is not finite; the parameters are unchanged.</exception>
    public MStepResult Run(ReadOnlySpan<int> datapoints, TBatch batch, RandomKey? dropoutKey = null)
    {
        tape.Reset(recording: true);
        _pass.BeginStored(compositions, datapoints);
        _pass.DropoutKey = dropoutKey;
        var logLikelihood = tape.Mean(network.LogLikelihood(_pass, batch));
        _pass.RequireComplete();
        var logProbability = tape.Mean(_pass.LogProbability!);
        var loss = tape.Scale(tape.Add(logLikelihood, logProbability), -1);
        tape.Backward(loss);
        return GradientSteps.Take(optimizer, loss.ToScalar(), datapoints)
            ? new MStepResult(logLikelihood.ToScalar(), logProbability.ToScalar())
            : MStepResult.Skipped;
    }
}

/// <summary>The two parts of the bound before a gradient step.</summary>
/// <param name="LogLikelihood">The mean of log p(y|x, a*, θ), in nats per datapoint.</param>
/// <param name="SelectionLogProbability">The mean of log p(a*|x, φ), in nats per datapoint; 0 without a controller.</param>
public readonly record struct MStepResult(double LogLikelihood, double SelectionLogProbability)
{
    /// <summary>Of a step that was left out: no numbers.</summary>
    public static MStepResult Skipped { get; } = new(double.NaN, double.NaN);

    /// <summary>Whether the step was left out.</summary>
    public bool IsSkipped => double.IsNaN(LogLikelihood);
}
