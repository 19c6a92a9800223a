using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Training without a choice: gradient steps maximise the mean of log p(y|x, a, θ), with the same modules 0 to K - 1 for every
/// datapoint, the non-modular baseline, or with those that another rule takes without learning.
/// </summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public sealed class FixedModules<TBatch> : GradientTrainer<TBatch>
{
    private readonly SelectionRule _rule;

    /// <summary>Prepares training.</summary>
    /// <param name="network">Is trained.</param>
    /// <param name="data">The training set.</param>
    /// <param name="optimizer">Takes the gradient steps, for all parameters of the network.</param>
    /// <param name="tape">Records the operations.</param>
    /// <param name="key">Decides mini-batches.</param>
    /// <param name="batchSize">The number of datapoints in a mini-batch.</param>
    /// <param name="rule">Selects the modules, such as an <see cref="AssignedSelection"/>; null for modules 0 to K - 1.</param>
    public FixedModules(
        ModularNetwork<TBatch> network,
        ITrainingSet<TBatch> data,
        Optimizer optimizer,
        Tape tape,
        RandomKey key,
        int batchSize,
        SelectionRule? rule = null)
        : base(network, data, optimizer, tape, key, batchSize) => _rule = rule ?? new FixedSelection();

    /// <inheritdoc/>
    protected override bool CanShare => true;

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
