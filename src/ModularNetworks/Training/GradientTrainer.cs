using System.Diagnostics;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A method of training whose step is one gradient step on a mini-batch, with nothing before it and no stored compositions.
/// </summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public abstract class GradientTrainer<TBatch> : ITrainer
{
    private readonly Batches _batches;
    private readonly RandomKey _dropoutKey;

    private protected GradientTrainer(
        ModularNetwork<TBatch> network,
        ITrainingSet<TBatch> data,
        Optimizer optimizer,
        Tape tape,
        RandomKey key,
        int batchSize,
        bool detachedControllers = false)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(optimizer);
        optimizer.RequireAll(network.Parameters);
        Network = network;
        Data = data;
        Optimizer = optimizer;
        Pass = new ModularPass(tape) { DetachesControllers = detachedControllers };
        _batches = Batches.Of(data, batchSize, key.Split("M-step batches"));
        _dropoutKey = key.Split("dropout");
    }

    /// <inheritdoc/>
    public long Steps => _batches.Position;

    /// <inheritdoc/>
    public Optimizer Optimizer { get; }

    /// <inheritdoc/>
    public virtual IReadOnlyList<(string Name, Tensor Tensor)> State => Data.State;

    /// <inheritdoc/>
    public EStepResult? LastEStep => null;

    /// <inheritdoc/>
    public StepTimes Times { get; } = new();

    /// <inheritdoc/>
    public CompositionStore? Compositions => null;

    /// <summary>Is trained.</summary>
    private protected ModularNetwork<TBatch> Network { get; }

    /// <summary>The training set.</summary>
    private protected ITrainingSet<TBatch> Data { get; }

    /// <summary>Runs the network.</summary>
    private protected ModularPass Pass { get; }

    /// <summary>Records the operations.</summary>
    private protected Tape Tape => Pass.Tape;

    /// <summary>The number of datapoints in a mini-batch.</summary>
    private protected int BatchSize => _batches.Size;

    /// <inheritdoc/>
    public MStepResult Step()
    {
        long start = Stopwatch.GetTimestamp();
        long step = Steps;
        var datapoints = _batches.Next();
        Tape.Reset(recording: true);
        var loss = Loss(datapoints, step, out var result);
        Tape.Backward(loss);
        bool isTaken = GradientSteps.Take(Optimizer, loss.ToScalar(), datapoints);
        Times.CountMStep(start);
        return isTaken ? result : MStepResult.Skipped;
    }

    /// <inheritdoc/>
    public void ResumeAt(long steps) => _batches.Position = steps;

    /// <summary>Runs the network on a mini-batch.</summary>
    /// <param name="datapoints">The numbers of the datapoints, <c>[batch]</c>.</param>
    /// <param name="step">The number of steps taken before this one.</param>
    /// <param name="result">What the step reports.</param>
    /// <returns>What the step goes down the gradient of, a scalar.</returns>
    private protected abstract Tensor Loss(ReadOnlySpan<int> datapoints, long step, out MStepResult result);

    /// <summary>Draws what the network drops in a step.</summary>
    private protected RandomKey DropoutKey(long step) => _dropoutKey.Split((ulong)step);
}
