using System.Diagnostics;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Training mixtures of modules with noisy top-k gating (Shazeer et al. 2017): gradient steps that maximise the mean of
/// log p(y|x, θ, φ), in which every layer mixes the k modules with the largest noisy logits, less balancing losses
/// (<see cref="Balancing"/>) if they are asked for.
/// </summary>
/// <remarks>
/// Layers need a <see cref="NoisyGate"/>. Which modules are kept has no gradient; the gate learns from the shares of those
/// that are kept. With k = 1 the only share is 1, so that without a load loss the gate learns nothing.
/// </remarks>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public sealed class NoisyTopK<TBatch> : ITrainer
{
    private readonly ModularNetwork<TBatch> _network;
    private readonly ITrainingSet<TBatch> _data;
    private readonly Tape _tape;
    private readonly ModularPass _pass;
    private readonly Batches _batches;
    private readonly RandomKey _noiseKey;
    private readonly RandomKey _dropoutKey;
    private readonly int _mixedModules;
    private readonly Balancing _balancing;

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
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(optimizer);
        options ??= new NoisyTopKOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MixedModules, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.ImportanceLoss);
        ArgumentOutOfRangeException.ThrowIfNegative(options.LoadLoss);
        optimizer.RequireAll(network.Parameters);
        _network = network;
        _data = data;
        _tape = tape;
        _pass = new ModularPass(tape);
        _batches = Batches.Of(data, options.BatchSize, key.Split("M-step batches"));
        _noiseKey = key.Split("noise");
        _dropoutKey = key.Split("dropout");
        _mixedModules = options.MixedModules;
        _balancing = new Balancing(options.ImportanceLoss, options.LoadLoss);
        Optimizer = optimizer;
    }

    /// <inheritdoc/>
    public long Steps => _batches.Position;

    /// <inheritdoc/>
    public Optimizer Optimizer { get; }

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Tensor Tensor)> State => _data.State;

    /// <inheritdoc/>
    public EStepResult? LastEStep => null;

    /// <inheritdoc/>
    public StepTimes Times { get; } = new();

    /// <inheritdoc/>
    public CompositionStore? Compositions => null;

    /// <inheritdoc/>
    public MStepResult Step()
    {
        long start = Stopwatch.GetTimestamp();
        ulong step = (ulong)Steps;
        var datapoints = _batches.Next();
        var batch = _data.Load(datapoints);
        _tape.Reset(recording: true);
        _pass.BeginNoisyMixture(datapoints.Length, _mixedModules, _noiseKey.Split(step), _balancing);
        _pass.DropoutKey = _dropoutKey.Split(step);
        var logLikelihood = _tape.Mean(_network.LogLikelihood(_pass, batch));
        var loss = _tape.Scale(logLikelihood, -1);
        if (_pass.BalancingLoss is { } balancing)
            loss = _tape.Add(loss, balancing);
        _tape.Backward(loss);
        Optimizer.Step();
        Times.CountMStep(start);
        double value = loss.ToScalar();
        return double.IsFinite(value)
            ? new MStepResult(logLikelihood.ToScalar(), SelectionLogProbability: 0)
            : throw new NonFiniteLossException(Steps, value);
    }

    /// <inheritdoc/>
    public void ResumeAt(long steps) => _batches.Position = steps;
}
