using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Training mixtures of modules with noisy top-k gating (Shazeer et al. 2017): gradient steps that maximise the mean of
/// log p(y|x, θ, φ), in which every layer mixes the k modules with the largest noisy logits, less balancing losses
/// (<see cref="Balancing"/>) if they are asked for.
/// </summary>
/// <remarks>
/// Layers need a <see cref="NoisyGate"/>. Which modules are kept has no gradient; the gate learns from the shares of those
/// that are kept. With k = 1 the only share is 1, so that without a load loss the gate learns nothing, unless shares are those
/// of all modules (<see cref="MixtureShares.OfAll"/>): softmax top-1 gating.
/// </remarks>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public sealed class NoisyTopK<TBatch> : GradientTrainer<TBatch>
{
    private readonly RandomKey _noiseKey;
    private readonly bool _isBalanced;
    private readonly MixtureSelection _rule;

    /// <summary>Prepares training.</summary>
    /// <param name="network">Is trained.</param>
    /// <param name="data">The training set.</param>
    /// <param name="optimizer">Takes the gradient steps, for all parameters of the network.</param>
    /// <param name="tape">Records the operations.</param>
    /// <param name="key">Decides mini-batches and noise.</param>
    /// <param name="options">Sizes and losses; null for the paper's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public NoisyTopK(
        ModularNetwork<TBatch> network,
        ITrainingSet<TBatch> data,
        Optimizer optimizer,
        Tape tape,
        RandomKey key,
        NoisyTopKOptions? options = null)
        : base(network, data, optimizer, tape, key, Checked(options).BatchSize)
    {
        options ??= new NoisyTopKOptions();
        _noiseKey = key.Split("noise");
        _isBalanced = options.ImportanceLoss > 0 || options.LoadLoss > 0;
        _rule = new MixtureSelection(
            options.MixedModules, _noiseKey, new Balancing(options.ImportanceLoss, options.LoadLoss), options.Shares);
    }

    /// <summary>Whether there are no balancing losses: these are functions of the whole mini-batch, and no means over datapoints.</summary>
    protected override bool CanShare => !_isBalanced;

    /// <inheritdoc/>
    private protected override string WhyNot => _isBalanced ? ", since its balancing losses are no means over datapoints (importanceLoss, loadLoss)" : base.WhyNot;

    /// <inheritdoc/>
    protected override Tensor Loss(ReadOnlySpan<int> datapoints, long step, out StepResult result)
    {
        var batch = Data.Load(datapoints);
        _rule.NoiseKey = KeyOf(_noiseKey, step);
        Pass.BeginTraining(_rule, datapoints.Length, TrainingKey(step));
        var logLikelihood = Tape.Mean(Network.LogLikelihood(Pass, batch));
        result = new StepResult(logLikelihood.ToScalar(), SelectionLogProbability: 0);
        var loss = Tape.Scale(logLikelihood, -1);
        return Pass.Trace.BalancingLoss is { } balancing ? Tape.Add(loss, balancing) : loss;
    }

    private static NoisyTopKOptions Checked(NoisyTopKOptions? options)
    {
        options ??= new NoisyTopKOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MixedModules, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.ImportanceLoss);
        ArgumentOutOfRangeException.ThrowIfNegative(options.LoadLoss);
        return options;
    }
}
