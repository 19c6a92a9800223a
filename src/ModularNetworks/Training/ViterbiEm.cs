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
/// collapsing (section 2.3).
/// </remarks>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public sealed class ViterbiEm<TBatch> : ITrainer
{
    private readonly ITrainingSet<TBatch> _data;
    private readonly ViterbiEmOptions _options;
    private readonly EStep<TBatch> _eStep;
    private readonly MStep<TBatch> _mStep;
    private readonly Batches _eBatches;
    private readonly Batches _mBatches;
    private readonly RandomKey _sampleKey;
    private readonly RandomKey _dropoutKey;
    private readonly CompositionStore _compositions;
    private readonly Action? _start;

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
    /// Selects the modules that a* begins with, once before the first step; null for uniform draws (Algorithm 1, "Initialize").
    /// </param>
    /// <exception cref="ArgumentException">The candidates asked for do not fit the network.</exception>
    public ViterbiEm(
        ModularNetwork<TBatch> network,
        ITrainingSet<TBatch> data,
        Optimizer optimizer,
        Tape tape,
        RandomKey key,
        ViterbiEmOptions? options = null,
        CandidateStrategy<TBatch>? candidates = null,
        SelectionRule? start = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(optimizer);
        optimizer.RequireAll(network.Parameters);
        _data = data;
        _options = options ?? new ViterbiEmOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(_options.MStepsPerEStep);
        if (_options.SharedBatches && _options.MStepsPerEStep == 0)
            throw new ArgumentException("ViterbiEm: without E-steps there are no mini-batches that M-steps could share.");
        if (_options.SharedBatches && data.IsOrdered)
            throw new ArgumentException("ViterbiEm: the training set must be gone through in order; its mini-batches cannot be shared.");
        if (start is not null && data.IsOrdered)
            throw new ArgumentException("ViterbiEm: the training set must be gone through in order; a* of all its datapoints cannot begin by a rule.");
        Optimizer = optimizer;
        _compositions = new CompositionStore(network.Layout, data.Count, key.Split("compositions"));
        _start = start is null ? null : () => CompositionStart.Fill(start, network, data, _compositions, tape);
        _eStep = new EStep<TBatch>(network, _compositions, tape, candidates ?? Strategy(network, _options));
        _mStep = new MStep<TBatch>(network, _compositions, tape, optimizer, _options.DetachedControllers);
        _eBatches = Batches.Of(data, _options.BatchSize, key.Split("E-step batches"));
        _mBatches = Batches.Of(data, _options.BatchSize, key.Split("M-step batches"));
        _sampleKey = key.Split("samples");
        _dropoutKey = key.Split("dropout");
    }

    /// <summary>a* of all datapoints.</summary>
    public CompositionStore Compositions => _compositions;

    /// <inheritdoc/>
    public Optimizer Optimizer { get; }

    /// <inheritdoc/>
    public long Steps { get; private set; }

    /// <inheritdoc/>
    public StepTimes Times { get; } = new();

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Tensor Tensor)> State => _data.State;

    /// <summary>The number of E-steps taken.</summary>
    public long ESteps => _eBatches.Position;

    /// <inheritdoc/>
    public EStepResult? LastEStep { get; private set; }

    /// <inheritdoc/>
    public double? EStepVisits => (double)ESteps * _eBatches.Size / _data.Count;

    /// <inheritdoc/>
    public StepResult Step()
    {
        if (Steps == 0)
            _start?.Invoke();
        if (_options.MStepsPerEStep > 0 && Steps % _options.MStepsPerEStep == 0)
            LastEStep = TakeEStep();
        var result = TakeMStep();
        Steps++;
        return result;
    }

    /// <inheritdoc/>
    public void ResumeAt(long steps)
    {
        Steps = steps;
        _mBatches.Position = steps;
        _eBatches.Position = _options.MStepsPerEStep > 0 ? (steps + _options.MStepsPerEStep - 1) / _options.MStepsPerEStep : 0;
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

    private EStepResult TakeEStep()
    {
        long start = Stopwatch.GetTimestamp();
        var key = _sampleKey.Split((ulong)ESteps);
        var datapoints = _eBatches.Next();
        if (_data.IsOrdered)
            datapoints = _mBatches.Upcoming;
        var result = _eStep.Run(datapoints, _data.Load(datapoints), key);
        Times.CountEStep(start);
        return result;
    }

    private StepResult TakeMStep()
    {
        long start = Stopwatch.GetTimestamp();
        var datapoints = _options.SharedBatches ? _eBatches.Current : _mBatches.Next();
        var result = _mStep.Run(datapoints, _data.Load(datapoints), _dropoutKey.Split((ulong)Steps));
        Times.CountGradientStep(start);
        return result;
    }
}
