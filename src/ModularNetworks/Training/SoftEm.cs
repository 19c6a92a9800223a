using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// EM without a hard choice, where few compositions let all of them be scored: every composition learns from every datapoint, by its
/// share q. A step moves θ and φ up the gradient of
/// <code>
/// mean over n of sum over a of q_n(a) [log p(y_n|x_n, a, θ) + log p(a|x_n, φ)]      q_n(a) ∝ (p(y_n|x_n, a, θ) p(a|x_n, φ))^β, a constant
/// </code>
/// which is that of (1/β) log sum over a of (p(y_n|x_n, a, θ) p(a|x_n, φ))^β. With β = 1 this is the log marginal likelihood (Eq. 4); as
/// β grows it comes to Eq. 8 with the exact a* of Eq. 10.
/// </summary>
/// <remarks>
/// Not in the paper. As a first phase of EM (<see cref="TwoPhases"/>) modules learn what differs between them before a choice is made.
/// β goes from <see cref="SoftEmOptions.From"/> to <see cref="SoftEmOptions.To"/>. A step costs as much as a gradient step for each
/// composition; there may be at most 4,096.
/// </remarks>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public sealed class SoftEm<TBatch> : GradientTrainer<TBatch>
{
    private readonly SoftEmOptions _options;
    private readonly AllCompositions _compositions;
    private readonly AllRuns<TBatch> _allRuns;

    /// <summary>Prepares training.</summary>
    /// <param name="network">Is trained; not a <see cref="RecurrentNetwork{TBatch}"/>, whose compositions are too many.</param>
    /// <param name="data">The training set.</param>
    /// <param name="optimizer">Takes the gradient steps, for all parameters of the network.</param>
    /// <param name="tape">Records the operations.</param>
    /// <param name="key">Decides mini-batches.</param>
    /// <param name="options">Sizes and β; null for the defaults.</param>
    /// <exception cref="ArgumentException">The network is recurrent, or there are more than 4,096 compositions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">β or the number of its steps is out of range.</exception>
    public SoftEm(
        ModularNetwork<TBatch> network,
        ITrainingSet<TBatch> data,
        Optimizer optimizer,
        Tape tape,
        RandomKey key,
        SoftEmOptions? options = null)
        : base(network, data, optimizer, tape, key, (options ??= new SoftEmOptions()).BatchSize, options.DetachedControllers)
    {
        RequireBeta(options.From, nameof(options.From));
        RequireBeta(options.To, nameof(options.To));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Steps, 1);
        if (network is RecurrentNetwork<TBatch>)
        {
            throw new ArgumentException(
                "Soft EM: the network is recurrent; the compositions of a sequence are too many to run all of them. Use another method, "
                + "or a network that is not recurrent.");
        }
        _options = options;
        _compositions = new AllCompositions(network.Layout, "Soft EM, compositions");
        _allRuns = new AllRuns<TBatch>(network, _compositions);
    }

    /// <inheritdoc/>
    public override int? ScoredSelections => _compositions.Count;

    /// <summary>β in a step.</summary>
    /// <param name="step">The number of steps taken before.</param>
    public double Beta(long step) =>
        _options.From * Math.Pow(_options.To / _options.From, Math.Min(1, (double)step / _options.Steps));

    /// <inheritdoc/>
    protected override bool CanShare => true;

    /// <inheritdoc/>
    protected override Tensor Loss(ReadOnlySpan<int> datapoints, long step, out StepResult result)
    {
        var (logLikelihood, logProbability) = _allRuns.Run(Pass, Data.Load(datapoints), BatchSize, TrainingKey(step));
        var q = TemperedPosterior.Of(Tape, logLikelihood, logProbability, BatchSize, Beta(step));
        var (ofModules, ofControllers) = (Expectation(logLikelihood, q), Expectation(logProbability, q));
        result = new StepResult(ofModules.ToScalar(), ofControllers.ToScalar());
        return Tape.Scale(Tape.Add(ofModules, ofControllers), -1);
    }

    private static void RequireBeta(double beta, string name)
    {
        if (!(double.IsFinite(beta) && beta > 0))
            throw new ArgumentOutOfRangeException(name, $"Soft EM: {name} is {beta}; β must be a finite number above 0.");
    }

    /// <summary>The mean over the datapoints of an expectation under q.</summary>
    private Tensor Expectation(Tensor values, Tensor q) => Tape.Scale(Tape.Sum(Tape.Multiply(values, q)), 1.0 / BatchSize);
}
