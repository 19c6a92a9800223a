using System.Diagnostics;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The non-modular baseline: every datapoint uses the same modules 0 to K - 1, nothing is selected, and gradient steps
/// maximise the mean of log p(y|x, θ).
/// </summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public sealed class FixedModules<TBatch> : ITrainer
{
    private readonly ModularNetwork<TBatch> _network;
    private readonly ITrainingSet<TBatch> _data;
    private readonly Tape _tape;
    private readonly ModularPass _pass;
    private readonly Batches _batches;
    private readonly RandomKey _dropoutKey;

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
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(optimizer);
        optimizer.RequireAll(network.Parameters);
        _network = network;
        _data = data;
        _tape = tape;
        _pass = new ModularPass(tape);
        _batches = Batches.Of(data, batchSize, key.Split("M-step batches"));
        _dropoutKey = key.Split("dropout");
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
        var dropoutKey = _dropoutKey.Split((ulong)Steps);
        var datapoints = _batches.Next();
        var batch = _data.Load(datapoints);
        _tape.Reset(recording: true);
        _pass.BeginFixed(datapoints.Length);
        _pass.DropoutKey = dropoutKey;
        var logLikelihood = _tape.Mean(_network.LogLikelihood(_pass, batch));
        _tape.Backward(_tape.Scale(logLikelihood, -1));
        Optimizer.Step();
        Times.CountMStep(start);
        double value = logLikelihood.ToScalar();
        return double.IsFinite(value) ? new MStepResult(value, 0) : throw new NonFiniteLossException(Steps, -value);
    }

    /// <inheritdoc/>
    public void ResumeAt(long steps) => _batches.Position = steps;
}
