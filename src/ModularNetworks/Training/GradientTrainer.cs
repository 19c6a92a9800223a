using System.Diagnostics;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A method of training whose step is one gradient step on a mini-batch, with nothing before it and no stored compositions.
/// Derive from this class for a method of your own: <see cref="Loss"/> runs the network by a <see cref="SelectionRule"/> and
/// returns what the step goes down the gradient of.
/// </summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public abstract class GradientTrainer<TBatch> : ITrainer
{
    private readonly Batches _batches;
    private readonly RandomKey _dropoutKey;
    private BatchBlocks? _blocks;
    private BatchBlock? _block;
    private BusyFlag _busy;

    /// <summary>Prepares training.</summary>
    /// <param name="network">Is trained.</param>
    /// <param name="data">The training set.</param>
    /// <param name="optimizer">Takes the gradient steps, for all parameters of the network.</param>
    /// <param name="tape">Records the operations.</param>
    /// <param name="key">Decides mini-batches.</param>
    /// <param name="batchSize">The number of datapoints in a mini-batch.</param>
    /// <param name="detachedControllers">Whether the gradient of log p(a|x, φ) changes the controllers alone.</param>
    protected GradientTrainer(
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
        Pass = new ForwardPass(tape) { DetachesControllers = detachedControllers };
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
    public virtual EStepResult? LastEStep => null;

    /// <inheritdoc/>
    public virtual int? ScoredSelections => null;

    /// <inheritdoc/>
    public StepTimes Times { get; } = new();

    /// <inheritdoc/>
    public CompositionStore? Compositions => null;

    /// <summary>The network that is trained.</summary>
    protected ModularNetwork<TBatch> Network { get; }

    /// <summary>The training set.</summary>
    protected ITrainingSet<TBatch> Data { get; }

    /// <summary>The run of the network, begun anew in every step.</summary>
    protected ForwardPass Pass { get; }

    /// <summary>The tape of <see cref="Pass"/>, which records the operations.</summary>
    protected Tape Tape => Pass.Tape;

    /// <summary>The number of datapoints that <see cref="Loss"/> is given: those of a mini-batch, or of a block where these are shared.</summary>
    protected int BatchSize => _block?.Size ?? _batches.Size;

    /// <summary>
    /// Whether <see cref="Loss"/> can be given blocks of a mini-batch one by one: it is a mean over datapoints, and draws random numbers by
    /// <see cref="KeyOf"/> and <see cref="TrainingKey"/>. False unless a method says that it can.
    /// </summary>
    protected virtual bool CanShare => false;

    /// <summary>Whether the mini-batch of this step is shared.</summary>
    private protected bool IsShared => _blocks is not null;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Another thread is in a step of this trainer.</exception>
    public StepResult Step()
    {
        _busy.Enter("Trainer");
        try
        {
            return TakeStep();
        }
        finally
        {
            Tape.Release();
            _busy.Leave();
        }
    }

    private StepResult TakeStep()
    {
        long start = Stopwatch.GetTimestamp();
        long step = Steps;
        var datapoints = _batches.Next();
        var result = _blocks is null ? TakeStep(datapoints, step) : TakeStep(datapoints, step, _blocks);
        Learned(result);
        Times.CountGradientStep(start);
        return result;
    }

    private StepResult TakeStep(ReadOnlySpan<int> datapoints, long step)
    {
        var (loss, result) = Backward(datapoints, step, block: null);
        return GradientSteps.Take(Optimizer, loss, datapoints) ? result : StepResult.Skipped;
    }

    // A method of its own, since what the function captures is allocated where the method begins.
    private StepResult TakeStep(ReadOnlySpan<int> datapoints, long step, BatchBlocks blocks) =>
        GradientSteps.Take(Optimizer, datapoints, blocks, (own, block) => Backward(own, step, block));

    private BlockLoss Backward(ReadOnlySpan<int> datapoints, long step, BatchBlock? block)
    {
        _block = block;
        Tape.Reset(recording: true);
        var loss = Loss(datapoints, step, out var result);
        Tape.Backward(block is { Share: < 1 } part ? Tape.Scale(loss, part.Share) : loss);
        return new BlockLoss(loss.ToScalar(), result);
    }

    /// <inheritdoc/>
    public void Share(BatchBlocks blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        if (!CanShare || Data.IsOrdered)
            throw new ArgumentException($"{GetType().Name.Split('`')[0]}: this method cannot share its mini-batches{WhyNot}. Train in one process.");
        blocks.RequireFits(_batches.Size);
        _blocks = blocks;
    }

    /// <inheritdoc/>
    public void ResumeAt(long steps) => _batches.Position = steps;

    /// <summary>Runs the network on a mini-batch and computes the loss of a step.</summary>
    /// <param name="datapoints">The numbers of the datapoints, <c>[batch]</c>.</param>
    /// <param name="step">The number of steps taken before this one.</param>
    /// <param name="result">The numbers that the step reports.</param>
    /// <returns>The loss, a scalar.</returns>
    protected abstract Tensor Loss(ReadOnlySpan<int> datapoints, long step, out StepResult result);

    /// <summary>Draws what the network drops in a step, and how it augments its inputs.</summary>
    /// <param name="step">The number of steps taken before.</param>
    protected RandomKey TrainingKey(long step) => KeyOf(_dropoutKey, step);

    /// <summary>The part of a key that belongs to a step and, where mini-batches are shared, to the block that <see cref="Loss"/> is given.</summary>
    /// <param name="key">A key of the whole training.</param>
    /// <param name="step">The number of steps taken before.</param>
    protected RandomKey KeyOf(RandomKey key, long step)
    {
        var ofStep = key.Split((ulong)step);
        return _block?.KeyOf(ofStep) ?? ofStep;
    }

    /// <summary>Says, after ":", what keeps the method from sharing mini-batches; empty if there is nothing to say.</summary>
    private protected virtual string WhyNot => Data.IsOrdered ? ": its training set must be gone through in order" : "";

    /// <summary>Is told what a step reports, over the whole mini-batch.</summary>
    private protected virtual void Learned(StepResult result)
    {
    }
}
