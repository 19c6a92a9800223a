namespace ModularNetworks.Engine;

/// <summary>
/// Adam (Kingma, Ba: "Adam: a method for stochastic optimization", ICLR 2015, Algorithm 1), with the decoupled weight decay
/// of AdamW (Loshchilov, Hutter: "Decoupled weight decay regularization", ICLR 2019, Algorithm 2) if it is asked for.
/// </summary>
/// <remarks>
/// <para>
/// <see cref="Lazy"/> Adam leaves alone what a mini-batch does not use: rows (entries of the first axis) of stacked
/// parameters. So a step costs what the used rows cost. The averages of unused rows fade all the same: before a row's next
/// step, they are multiplied with beta1^n and beta2^n for the n steps that the row missed, which is what as many gradients
/// of zero would have made of them. The row's weights stay as they were, where plain Adam goes on moving them by what is
/// left of the average, and decays them. With rows that are used by every mini-batch, both are the same to the last bit.
/// </para>
/// </remarks>
public sealed class Adam : Optimizer
{
    // Single precision counts steps exactly to 2^24. Beyond, they are counted modulo 2^24: after so many steps without use,
    // averages are zero by any count.
    private const long LargestExactStep = (1 << 24) - 1;

    private readonly Tensor[] _means;
    private readonly Tensor[] _variances;

    // [rows] each: the number of the step in which a row was last used; null for all other parameters.
    private readonly Tensor?[] _lastSteps;
    private readonly Tensor? _factors;

    /// <summary>Creates the optimiser with zero averages.</summary>
    /// <param name="parameters">The parameters that the optimiser changes.</param>
    /// <param name="kernels">The kernels that do the arithmetic; of the parameters' precision.</param>
    /// <param name="learningRate">The step size.</param>
    /// <param name="beta1">The decay of the average gradient.</param>
    /// <param name="beta2">The decay of the average squared gradient.</param>
    /// <param name="epsilon">Added to the root of the corrected average squared gradient.</param>
    /// <param name="lazy">Whether rows that a mini-batch does not use are left alone.</param>
    /// <exception cref="ArgumentOutOfRangeException">A decay is not in [0, 1), or another number is
    /// negative.</exception>
    public Adam(
        IReadOnlyList<Parameter> parameters,
        Kernels kernels,
        double learningRate = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        bool lazy = true)
        : base(parameters, kernels, learningRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epsilon);
        Beta1 = CheckDecay(beta1, nameof(beta1));
        Beta2 = CheckDecay(beta2, nameof(beta2));
        Epsilon = epsilon;
        _means = AllocateState();
        _variances = AllocateState();
        Lazy = lazy;
        _lastSteps = [.. Parameters.Select(parameter => IsLazy(parameter) ? AllocateRows(parameter, 1) : null)];
        if (Parameters.Where(IsLazy).MaxBy(parameter => parameter.Shape[0]) is { } largest)
            _factors = AllocateRows(largest, 2);
    }

    /// <summary>Whether rows that a mini-batch does not use are left alone; see the remarks.</summary>
    public bool Lazy { get; }

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
        [.. Named("mean", _means), .. Named("variance", _variances), .. Named("lastStep", _lastSteps)];

    /// <inheritdoc/>
    protected override void Update()
    {
        double correction1 = 1 - Math.Pow(Beta1, StepCount);
        double correction2 = 1 - Math.Pow(Beta2, StepCount);
        var step = new AdamStepSettings(
            LearningRate / correction1, Beta1, Beta2, 1 / Math.Sqrt(correction2), Epsilon, 1 - (LearningRate * WeightDecay));
        for (int i = 0; i < _means.Length; i++)
        {
            if (Parameters[i].IsFrozen)
                continue; // Averages and weight decay would move it without a gradient.
            var (value, gradient) = (Parameters[i].Value, Parameters[i].Gradient);
            if (_lastSteps[i] is { } lastSteps)
            {
                CatchUp(Parameters[i].TouchedRows!, lastSteps);
                Kernels.AdamStepOfRows(
                    value, gradient, _means[i], _variances[i], Parameters[i].TouchedRows!, _factors!, step);
            }
            else if (Parameters[i].HasFrozenRows)
            {
                throw new InvalidOperationException(
                    $"Adam: parts of {Parameters[i].Name} are frozen, but plain Adam moves all parts of a stack. Create Adam with lazy: true.");
            }
            else
            {
                Kernels.AdamStep(value, gradient, _means[i], _variances[i], step);
            }
        }
    }

    /// <summary>Works out what the averages of used rows have faded to, and notes that they are used now.</summary>
    private void CatchUp(TouchedRows used, Tensor lastSteps)
    {
        for (int i = 0; i < used.Count; i++)
        {
            int row = used.Rows[i];
            long missed = (StepCount - 1 - (long)lastSteps[row]) & LargestExactStep;
            _factors![2 * i] = Math.Pow(Beta1, missed);
            _factors[(2 * i) + 1] = Math.Pow(Beta2, missed);
            lastSteps[row] = StepCount & LargestExactStep;
        }
    }

    private bool IsLazy(Parameter parameter) => Lazy && parameter.TouchedRows is not null;

    private Tensor AllocateRows(Parameter parameter, int columns) =>
        Tensor.Allocate(new Shape(parameter.Shape[0], columns), Kernels.Precision);
}
