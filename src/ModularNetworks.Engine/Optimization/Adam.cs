namespace ModularNetworks.Engine;

/// <summary>
/// Adam (Kingma, Ba: "Adam: a method for stochastic optimization", ICLR 2015, Algorithm 1), with the decoupled weight decay
/// of AdamW (Loshchilov, Hutter: "Decoupled weight decay regularization", ICLR 2019, Algorithm 2) if it is asked for.
/// </summary>
public sealed class Adam : Optimizer
{
    private readonly Tensor[] _means;
    private readonly Tensor[] _variances;

    /// <summary>Creates the optimiser with zero averages.</summary>
    /// <param name="parameters">What it changes.</param>
    /// <param name="kernels">What does the arithmetic; of the parameters' precision.</param>
    /// <param name="learningRate">The step size.</param>
    /// <param name="beta1">The decay of the average gradient.</param>
    /// <param name="beta2">The decay of the average squared gradient.</param>
    /// <param name="epsilon">Added to the root of the corrected average squared gradient.</param>
    /// <exception cref="ArgumentOutOfRangeException">A decay is not in [0, 1), or another number is
    /// negative.</exception>
    public Adam(
        IReadOnlyList<Parameter> parameters,
        Kernels kernels,
        double learningRate = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8)
        : base(parameters, kernels, learningRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epsilon);
        Beta1 = CheckDecay(beta1, nameof(beta1));
        Beta2 = CheckDecay(beta2, nameof(beta2));
        Epsilon = epsilon;
        _means = AllocateState();
        _variances = AllocateState();
    }

    /// <summary>The decay of the average gradient.</summary>
    public double Beta1 { get; }

    /// <summary>The decay of the average squared gradient.</summary>
    public double Beta2 { get; }

    /// <summary>Added to the root of the corrected average squared gradient.</summary>
    public double Epsilon { get; }

    /// <summary>How fast weights decay towards zero: a step multiplies them with 1 less the learning rate times this.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not a number.</exception>
    public double WeightDecay
    {
        get;
        init
        {
            if (!(value >= 0 && double.IsFinite(value)))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value), $"Adam: the weight decay is {value}; it must be a finite number of at least 0.");
            }
            field = value;
        }
    }

    /// <summary>The average gradient of each parameter, in their order. Written to when a run is continued.</summary>
    public IReadOnlyList<Tensor> Means => _means;

    /// <summary>
    /// The average squared gradient of each parameter, in their order. Written to when a run is continued.
    /// </summary>
    public IReadOnlyList<Tensor> Variances => _variances;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Tensor)> State =>
        [.. Named("mean", _means), .. Named("variance", _variances)];

    /// <inheritdoc/>
    protected override void Update()
    {
        double correction1 = 1 - Math.Pow(Beta1, StepCount);
        double correction2 = 1 - Math.Pow(Beta2, StepCount);
        var step = new AdamStepSettings(
            LearningRate / correction1, Beta1, Beta2, 1 / Math.Sqrt(correction2), Epsilon, 1 - (LearningRate * WeightDecay));
        for (int i = 0; i < _means.Length; i++)
            Kernels.AdamStep(Parameters[i].Value, Parameters[i].Gradient, _means[i], _variances[i], step);
    }
}
