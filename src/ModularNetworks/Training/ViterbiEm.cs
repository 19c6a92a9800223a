using System.Diagnostics;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Training modular networks with generalized Viterbi EM (Algorithm 1): a partial E-step on one mini-batch, then k
/// gradient steps on others, again and again.
/// </summary>
/// <remarks>
/// A step is an M-step, a gradient step; an E-step runs before every k-th one. E-steps and M-steps draw their own
/// shuffled mini-batches, unless they are shared. The many M-steps between E-steps are what keeps the modules from
/// collapsing (section 2.3). a* is stored by datapoint, or by key (<see cref="KeyedEmOptions"/>).
/// </remarks>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public sealed class ViterbiEm<TBatch> : ITrainer
{
    private readonly ITrainingSet<TBatch> _data;
    private readonly ViterbiEmOptions _options;
    private readonly IEStep<TBatch> _eStep;
    private readonly MStep<TBatch> _mStep;
    private readonly Batches _eBatches;
    private readonly Batches _mBatches;
    private readonly RandomKey _sampleKey;
    private readonly RandomKey _dropoutKey;
    private readonly Action? _start;
    private readonly IReadOnlyList<Parameter> _controllers;
    private readonly Tape _tape;
    private BatchBlocks? _blocks;
    private BusyFlag _busy;

    /// <summary>Prepares training: draws a* of all datapoints uniformly.</summary>
    /// <param name="network">Is trained.</param>
    /// <param name="data">The training set.</param>
    /// <param name="optimizer">Takes the gradient steps, for all parameters of the network.</param>
    /// <param name="tape">Records the operations.</param>
    /// <param name="key">Decides initial compositions, mini-batches and samples.</param>
    /// <param name="options">Sizes and the E-step's candidates; null for the paper's.</param>
    /// <param name="candidates">
    /// Finds the E-step's candidates, instead of the strategy that <see cref="ViterbiEmOptions.Candidates"/> names.
    /// </param>
    /// <param name="start">
    /// Selects the modules that a* begins with, once before the first step; null for uniform draws (Algorithm 1, "Initialize"). By key,
    /// it must be an <see cref="AssignedSelection"/> of these keys.
    /// </param>
    /// <exception cref="ArgumentException">The candidates, the keys or the start asked for do not fit the network or the training set.</exception>
    public ViterbiEm(
        ModularNetwork<TBatch> network,
        ITrainingSet<TBatch> data,
        Optimizer optimizer,
        Tape tape,
        RandomKey key,
        ViterbiEmOptions? options = null,
        CandidateStrategy<TBatch>? candidates = null,
        SelectionRule? start = null)
        : this(network, data, optimizer, tape, key, options, candidates, start, compositions: null)
    {
    }

    /// <summary>Prepares training with the place where another phase of EM has stored a* of all datapoints; null for one of its own.</summary>
    internal ViterbiEm(
        ModularNetwork<TBatch> network,
        ITrainingSet<TBatch> data,
        Optimizer optimizer,
        Tape tape,
        RandomKey key,
        ViterbiEmOptions? options,
        CandidateStrategy<TBatch>? candidates,
        SelectionRule? start,
        CompositionStore? compositions)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(optimizer);
        optimizer.RequireAll(network.Parameters);
        (_data, _tape, _controllers) = (data, tape, network.ControllerParameters);
        _options = options ?? new ViterbiEmOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(_options.MStepsPerEStep);
        RequireFits(data.IsOrdered, start, candidates is not null);
        Optimizer = optimizer;
        ICompositionSource<TBatch> source;
        if (_options.Keyed is { } keyed)
        {
            source = KeyedCompositions = new KeyedCompositions<TBatch>(network, keyed, (AssignedSelection?)start, key.Split("compositions"));
            _eStep = new KeyedEStep<TBatch>(network, KeyedCompositions, tape);
        }
        else
        {
            var store = Compositions = compositions ?? new CompositionStore(network.Layout, data.Count, key.Split("compositions"));
            source = new StoredCompositions<TBatch>(store);
            _start = start is null ? null : () => CompositionStart.Fill(start, network, data, store, tape);
            _eStep = new EStep<TBatch>(network, store, tape, candidates ?? Strategy(network, _options));
        }
        State = [.. KeyedCompositions?.State ?? [], .. data.State];
        _mStep = new MStep<TBatch>(network, source, tape, optimizer, _options.DetachedControllers);
        _eBatches = Batches.Of(data, _options.BatchSize, key.Split("E-step batches"));
        _mBatches = Batches.Of(data, _options.BatchSize, key.Split("M-step batches"));
        _sampleKey = key.Split("samples");
        _dropoutKey = key.Split("dropout");
    }

    /// <summary>a* of all datapoints; null if it is stored by key.</summary>
    public CompositionStore? Compositions { get; }

    /// <summary>a* of all keys; null if it is stored by datapoint.</summary>
    internal KeyedCompositions<TBatch>? KeyedCompositions { get; }

    /// <inheritdoc/>
    public Optimizer Optimizer { get; }

    /// <inheritdoc/>
    public long Steps { get; private set; }

    /// <inheritdoc/>
    public StepTimes Times { get; } = new();

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Tensor Tensor)> State { get; }

    /// <summary>The number of E-steps taken.</summary>
    public long ESteps => _eBatches.Position;

    /// <inheritdoc/>
    public EStepResult? LastEStep { get; private set; }

    /// <inheritdoc/>
    public double? EStepVisits => (double)ESteps * _eBatches.Size / _data.Count;

    /// <inheritdoc/>
    public int? ScoredSelections => KeyedCompositions?.Selections.Count;

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
            _tape.Release();
            _busy.Leave();
        }
    }

    private StepResult TakeStep()
    {
        if (Steps == 0)
            _start?.Invoke();
        if (Steps >= _options.FreezeControllersAfter)
            FreezeControllers();
        if (_options.MStepsPerEStep > 0 && Steps % _options.MStepsPerEStep == 0)
            LastEStep = TakeEStep();
        var result = TakeMStep();
        Steps++;
        return result;
    }

    /// <inheritdoc/>
    public void Share(BatchBlocks blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        if (Compositions is null)
            throw new ArgumentException("ViterbiEm: compositions by key cannot be shared among ranks yet; store them by datapoint (key=datapoint), or train in one process.");
        if (_data.IsOrdered)
            throw new ArgumentException("ViterbiEm: the training set must be gone through in order; its mini-batches cannot be shared. Train in one process.");
        blocks.RequireFits(_mBatches.Size);
        _blocks = blocks;
    }

    /// <inheritdoc/>
    public void ResumeAt(long steps)
    {
        Steps = steps;
        _mBatches.Position = steps;
        _eBatches.Position = _options.ESteps(steps);
    }

    private static CandidateStrategy<TBatch> Strategy(ModularNetwork<TBatch> network, ViterbiEmOptions options) =>
        options.Candidates switch
        {
            EStepCandidates.Sampled => new SampledCandidates<TBatch>(options.Samples),
            EStepCandidates.Exhaustive => new ExhaustiveCandidates<TBatch>(network.Layout),
            EStepCandidates.Distinct => new DistinctCandidates<TBatch>(network, options.Samples),
            EStepCandidates.Greedy => new GreedyCandidates<TBatch>(network),
            _ => throw new ArgumentException($"ViterbiEm: there are no candidates {options.Candidates}."),
        };

    private void FreezeControllers()
    {
        for (int i = 0; i < _controllers.Count; i++)
            _controllers[i].Freeze();
    }

    private void RequireCanFreeze()
    {
        if (_options.FreezeControllersAfter is not { } steps)
            return;
        ArgumentOutOfRangeException.ThrowIfNegative(steps, nameof(ViterbiEmOptions.FreezeControllersAfter));
        if (_controllers.Count == 0)
            throw new ArgumentException("ViterbiEm: controllers are to be frozen, but the network does not tell which parameters are theirs. Override ControllerParameters.");
        if (_options.Keyed is { ExchangesLogits: true })
            throw new ArgumentException("ViterbiEm: controllers are to be frozen, but E-steps by key exchange logits of their tables. Leave one of them out.");
    }

    private void RequireFits(bool isOrdered, SelectionRule? start, bool hasCandidates)
    {
        RequireCanFreeze();
        if (_options.SharedBatches && _options.MStepsPerEStep == 0)
            throw new ArgumentException("ViterbiEm: without E-steps there are no mini-batches that M-steps could share.");
        if (_options.SharedBatches && isOrdered)
            throw new ArgumentException("ViterbiEm: the training set must be gone through in order; its mini-batches cannot be shared.");
        if (_options.Keyed is null && start is not null && isOrdered)
            throw new ArgumentException("ViterbiEm: the training set must be gone through in order; a* of all its datapoints cannot begin by a rule.");
        if (_options.Keyed is not null && start is not (null or AssignedSelection))
            throw new ArgumentException("ViterbiEm: a* by key can only begin with what is assigned to keys; give an AssignedSelection, or no rule.");
        if (_options.Keyed is not null && hasCandidates)
            throw new ArgumentException("ViterbiEm: E-steps by key try all selections; give no candidates.");
    }

    private EStepResult TakeEStep()
    {
        long start = Stopwatch.GetTimestamp();
        var key = _sampleKey.Split((ulong)ESteps);
        var datapoints = _eBatches.Next();
        if (_data.IsOrdered)
            datapoints = _mBatches.Upcoming;
        var result = _blocks is null
            ? _eStep.Run(datapoints, _data.Load(datapoints), key)
            : TakeEStep(datapoints, key, _blocks);
        Times.CountEStep(start);
        return result;
    }

    private StepResult TakeMStep()
    {
        long start = Stopwatch.GetTimestamp();
        var datapoints = _options.SharedBatches ? _eBatches.Current : _mBatches.Next();
        var key = _dropoutKey.Split((ulong)Steps);
        var result = _blocks is null
            ? _mStep.Run(datapoints, _data.Load(datapoints), key)
            : TakeMStep(datapoints, key, _blocks);
        Times.CountGradientStep(start);
        return result;
    }

    // Methods of their own, since what the functions capture is allocated where the methods begin.
    private EStepResult TakeEStep(ReadOnlySpan<int> datapoints, RandomKey key, BatchBlocks blocks) =>
        blocks.EStep(Compositions!, datapoints, (own, block) => _eStep.Run(own, _data.Load(own), block.KeyOf(key)));

    private StepResult TakeMStep(ReadOnlySpan<int> datapoints, RandomKey key, BatchBlocks blocks) => GradientSteps.Take(
        Optimizer, datapoints, blocks, (own, block) => _mStep.Backward(own, _data.Load(own), block.KeyOf(key), block.Share));
}
