using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The non-modular baseline: every datapoint uses the same modules 0 to K - 1, nothing is selected, and gradient steps
/// maximise the mean of log p(y|x, θ).
/// </summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public sealed class FixedModules<TBatch> : GradientTrainer<TBatch>
{
    private readonly FixedSelection _rule = new();

    /// <summary>Prepares training.</summary>
    /// <param name="network">Is trained.</param>
    /// <param name="data">The training set.</param>
    /// <param name="optimizer">Takes the gradient steps, for all parameters of the network.</param>
    /// <param name="tape">Records the operations.</param>
    /// <param name="key">Decides mini-batches.</param>
    /// <param name="batchSize">The number of datapoints in a mini-batch.</param>
    public FixedModules(
        ModularNetwork<TBatch> network,
        ITrainingSet<TBatch> data,
        Optimizer optimizer,
        Tape tape,
        RandomKey key,
        int batchSize)
        : base(network, data, optimizer, tape, key, batchSize)
    {
    }

    /// <inheritdoc/>
    protected override Tensor Loss(ReadOnlySpan<int> datapoints, long step, out StepResult result)
    {
        var batch = Data.Load(datapoints);
        Pass.BeginTraining(_rule, datapoints.Length, TrainingKey(step));
        var logLikelihood = Tape.Mean(Network.LogLikelihood(Pass, batch));
        result = new StepResult(logLikelihood.ToScalar(), SelectionLogProbability: 0);
        return Tape.Scale(logLikelihood, -1);
    }
}
