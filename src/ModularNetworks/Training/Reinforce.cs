using System.Diagnostics;
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
/// that they read: those decide log p(a|x) too.
/// </remarks>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public sealed class Reinforce<TBatch> : ITrainer
{
    private readonly ModularNetwork<TBatch> _network;
    private readonly ITrainingSet<TBatch> _data;
    private readonly Tape _tape;
    private readonly ModularPass _pass;
    private readonly Batches _batches;
    private readonly RandomKey _sampleKey;
    private readonly RandomKey _dropoutKey;
    private readonly Advantages _advantages;
    private readonly int[] _rows;
    private readonly double[] _rewards;

    /// <summary>Prepares training.</summary>
    /// <param name="network">Is trained.</param>
    /// <param name="data">The training set.</param>
    /// <param name="optimizer">Takes the gradient steps, for all parameters of the network.</param>
    /// <param name="tape">Records the operations.</param>
    /// <param name="key">Decides mini-batches and samples.</param>
    /// <param name="options">Sizes and the control variate; null for the paper's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public Reinforce(
        ModularNetwork<TBatch> network,
        ITrainingSet<TBatch> data,
        Optimizer optimizer,
        Tape tape,
        RandomKey key,
        ReinforceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(optimizer);
        options ??= new ReinforceOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Samples, options.ControlVariate == ControlVariate.LeaveOneOut ? 2 : 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Decay);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Decay, 1);
        optimizer.RequireAll(network.Parameters);
        _network = network;
        _data = data;
        _tape = tape;
        _pass = new ModularPass(tape);
        _batches = Batches.Of(data, options.BatchSize, key.Split("M-step batches"));
        _sampleKey = key.Split("samples");
        _dropoutKey = key.Split("dropout");
        _advantages = new Advantages(options);
        _rows = new int[_batches.Size * options.Samples];
        _rewards = new double[_rows.Length];
        Optimizer = optimizer;
        State = [_advantages.State, .. data.State];
    }

    /// <inheritdoc/>
    public long Steps => _batches.Position;

    /// <inheritdoc/>
    public Optimizer Optimizer { get; }

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Tensor Tensor)> State { get; }

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
        var (sampleKey, dropoutKey) = (_sampleKey.Split((ulong)Steps), _dropoutKey.Split((ulong)Steps));
        var batch = _data.Load(NextRows());
        _tape.Reset(recording: true);
        _pass.BeginSampled(_rows.Length, sampleKey);
        _pass.DropoutKey = dropoutKey;
        var logLikelihood = _network.LogLikelihood(_pass, batch);
        var logProbability = _pass.LogProbability!;
        var score = _tape.Multiply(logProbability, AdvantagesOf(logLikelihood));
        var surrogate = _tape.Mean(_tape.Add(logLikelihood, score));
        var result = new MStepResult(_tape.Mean(logLikelihood).ToScalar(), _tape.Mean(logProbability).ToScalar());
        _tape.Backward(_tape.Scale(surrogate, -1));
        Optimizer.Step();
        Times.CountMStep(start);
        return double.IsFinite(result.LogLikelihood + result.SelectionLogProbability)
            ? result
            : throw new NonFiniteLossException(Steps, -result.LogLikelihood);
    }

    /// <inheritdoc/>
    public void ResumeAt(long steps) => _batches.Position = steps;

    /// <summary>The next mini-batch's datapoints, once for every sample.</summary>
    private int[] NextRows()
    {
        var datapoints = _batches.Next();
        for (int row = 0; row < _rows.Length; row += datapoints.Length)
            datapoints.CopyTo(_rows.AsSpan(row));
        return _rows;
    }

    /// <summary>log p(y|x, a, θ) less the control variate, as a constant, <c>[rows]</c>.</summary>
    private Tensor AdvantagesOf(Tensor logLikelihood)
    {
        for (int row = 0; row < _rewards.Length; row++)
            _rewards[row] = TensorNumbers.Read(logLikelihood, row);
        _advantages.Subtract(_rewards, isFirst: Steps == 1);
        var advantages = _tape.Rent(logLikelihood.Shape);
        for (int row = 0; row < _rewards.Length; row++)
            TensorNumbers.Write(advantages, row, _rewards[row]);
        return advantages;
    }
}
