using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// One gradient step of the partial M-step (Eq. 8): moves θ and φ together up the gradient of the bound
/// <code>L = mean over n of log p(y_n|x_n, a*_n, θ) + log p(a*_n|x_n, φ)</code>
/// The entropy of q is constant, since q puts all its weight on a* (Eq. 9).
/// </summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
/// <param name="network">Is trained.</param>
/// <param name="compositions">Says which a* the datapoints have.</param>
/// <param name="tape">Records the operations.</param>
/// <param name="optimizer">Takes the step.</param>
/// <param name="detachedControllers">Whether the second gradient changes φ alone, as if layers' inputs did not depend on θ.</param>
public sealed class MStep<TBatch>(
    ModularNetwork<TBatch> network,
    ICompositionSource<TBatch> compositions,
    Tape tape,
    Optimizer optimizer,
    bool detachedControllers = false)
{
    private readonly ForwardPass _pass = new(tape) { DetachesControllers = detachedControllers };
    private readonly GivenSelection _stored = new(IndexTensor.Allocate(new Shape(0, network.Layout.Length)));

    /// <summary>Takes one step.</summary>
    /// <param name="datapoints">The numbers of the datapoints, <c>[batch]</c>.</param>
    /// <param name="batch">The same datapoints' inputs and targets.</param>
    /// <param name="trainingKey">Draws what the network drops and how it augments its inputs.</param>
    /// <exception cref="NonFiniteLossException">The loss or a gradient is not finite; the parameters are unchanged.</exception>
    public StepResult Run(ReadOnlySpan<int> datapoints, TBatch batch, RandomKey trainingKey)
    {
        var (loss, result) = Backward(datapoints, batch, trainingKey);
        return GradientSteps.Take(optimizer, loss, datapoints) ? result : StepResult.Skipped;
    }

    /// <summary>Adds the gradients of some datapoints.</summary>
    /// <param name="datapoints">The numbers of the datapoints, <c>[batch]</c>.</param>
    /// <param name="batch">The same datapoints' inputs and targets.</param>
    /// <param name="trainingKey">Draws what the network drops and how it augments its inputs.</param>
    /// <param name="share">The weight of these datapoints in their mini-batch.</param>
    internal BlockLoss Backward(ReadOnlySpan<int> datapoints, TBatch batch, RandomKey trainingKey, double share = 1)
    {
        tape.Reset(recording: true);
        _pass.BeginTraining(_stored.Replace(compositions.Load(tape, datapoints, batch)), datapoints.Length, trainingKey);
        var logLikelihood = tape.Mean(network.LogLikelihood(_pass, batch));
        _pass.RequireComplete();
        var logProbability = tape.Mean(_pass.Trace.RequireLogProbability());
        var loss = tape.Scale(tape.Add(logLikelihood, logProbability), -1);
        tape.Backward(share < 1 ? tape.Scale(loss, share) : loss);
        return new BlockLoss(loss.ToScalar(), new StepResult(logLikelihood.ToScalar(), logProbability.ToScalar()));
    }
}
