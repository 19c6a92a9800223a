using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Training modular networks with REINFORCE (section 2.2): gradient steps up the bound of Eq. 12, from compositions that
/// are sampled anew in every step. Nothing keeps the modules from collapsing.
/// <code>
/// mean over rows of grad log p(y|x, a, θ)                      the modules, Eq. 14
///                 + (log p(y|x, a, θ) - c) grad log p(a|x, φ)  the controllers, Eq. 13, less a control variate c
/// </code>
/// </summary>
/// <remarks>
/// The second gradient goes on from the controllers into the layers before them and, in a recurrent unit, into the state
/// that they read, which decide log p(a|x) too; unless <see cref="ReinforceOptions.DetachedControllers"/> is set.
/// </remarks>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public sealed class Reinforce<TBatch> : GradientTrainer<TBatch>
{
    private readonly RandomKey _sampleKey;
    private readonly SampledSelection _rule;
    private readonly Advantages _advantages;
    private readonly ReinforceOptions _options;
    private int[] _rows;
    private double[] _rewards;

    /// <summary>Prepares training.</summary>
    /// <param name="network">Is trained.</param>
    /// <param name="data">The training set.</param>
    /// <param name="optimizer">Takes the gradient steps, for all parameters of the network.</param>
    /// <param name="tape">Records the operations.</param>
    /// <param name="key">Decides mini-batches and samples.</param>
    /// <param name="options">Sizes and the control variate; null for the paper's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="InsufficientMemoryException">There is no memory for the samples of a mini-batch.</exception>
    public Reinforce(
        ModularNetwork<TBatch> network,
        ITrainingSet<TBatch> data,
        Optimizer optimizer,
        Tape tape,
        RandomKey key,
        ReinforceOptions? options = null)
        : base(network, data, optimizer, tape, key, Checked(options).BatchSize, options?.DetachedControllers ?? false)
    {
        options ??= new ReinforceOptions();
        _options = options;
        _sampleKey = key.Split("samples");
        _rule = new SampledSelection(_sampleKey);
        _advantages = new Advantages(options, Tape.Precision);
        _rows = SizedArray.Create<int>("Reinforce, samples of a mini-batch", (long)BatchSize * options.Samples);
        _rewards = SizedArray.Create<double>("Reinforce, samples of a mini-batch", _rows.Length);
        State = [_advantages.State, .. data.State];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Tensor)> State { get; }

    /// <summary>Whether the control variate is none of the mean rewards of the whole mini-batch.</summary>
    protected override bool CanShare => _options.ControlVariate != ControlVariate.BatchMean;

    /// <inheritdoc/>
    private protected override string WhyNot =>
        CanShare ? base.WhyNot : ", since its control variate is the mean over the whole mini-batch (controlVariate=batchMean)";

    /// <inheritdoc/>
    private protected override void Learned(StepResult result)
    {
        if (IsShared)
            _advantages.Learn(result.LogLikelihood, isFirst: Steps == 1);
    }

    /// <inheritdoc/>
    protected override Tensor Loss(ReadOnlySpan<int> datapoints, long step, out StepResult result)
    {
        var batch = Data.Load(RowsOf(datapoints));
        _rule.Key = KeyOf(_sampleKey, step);
        Pass.BeginTraining(_rule, _rows.Length, TrainingKey(step));
        var logLikelihood = Network.LogLikelihood(Pass, batch);
        var logProbability = Pass.Trace.RequireLogProbability();
        result = new StepResult(Tape.Mean(logLikelihood).ToScalar(), Tape.Mean(logProbability).ToScalar());
        var score = Tape.Multiply(logProbability, AdvantagesOf(logLikelihood));
        return Tape.Scale(Tape.Mean(Tape.Add(logLikelihood, score)), -1);
    }

    private static ReinforceOptions Checked(ReinforceOptions? options)
    {
        options ??= new ReinforceOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Samples, options.ControlVariate == ControlVariate.LeaveOneOut ? 2 : 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Decay);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Decay, 1);
        return options;
    }

    /// <summary>The mini-batch's datapoints, once for every sample.</summary>
    private int[] RowsOf(ReadOnlySpan<int> datapoints)
    {
        if (_rows.Length != datapoints.Length * _options.Samples)
            (_rows, _rewards) = (new int[datapoints.Length * _options.Samples], new double[datapoints.Length * _options.Samples]);
        for (int row = 0; row < _rows.Length; row += datapoints.Length)
            datapoints.CopyTo(_rows.AsSpan(row));
        return _rows;
    }

    /// <summary>log p(y|x, a, θ) less the control variate, as a constant, <c>[rows]</c>.</summary>
    private Tensor AdvantagesOf(Tensor logLikelihood)
    {
        for (int row = 0; row < _rewards.Length; row++)
            _rewards[row] = logLikelihood[row];
        _advantages.Subtract(_rewards, isFirst: Steps == 1, learns: !IsShared);
        var advantages = Tape.Rent(logLikelihood.Shape);
        for (int row = 0; row < _rewards.Length; row++)
            advantages[row] = _rewards[row];
        return advantages;
    }
}
