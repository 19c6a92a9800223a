namespace ModularNetworks.Engine;

/// <summary>Changes parameters so that the loss, whose gradients they hold, falls.</summary>
public abstract class Optimizer
{
    private BusyFlag _busy;

    /// <summary>Creates an optimiser of some parameters.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is negative or not a number.</exception>
    protected Optimizer(IReadOnlyList<Parameter> parameters, Kernels kernels, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(kernels);
        Parameters = [.. parameters]; // a copy: the state belongs to these, whatever becomes of the list
        Kernels = kernels;
        LearningRate = learningRate;
        foreach (var parameter in parameters)
        {
            if (parameters.Count(other => other.Name == parameter.Name) > 1)
            {
                throw new ArgumentException(
                    $"Optimizer: there are two parameters {parameter.Name}; each must be given once, under a name of its own.",
                    nameof(parameters));
            }
            if (parameter.Value.Precision != kernels.Precision)
            {
                throw new ArgumentException(
                    $"Optimizer: parameter {parameter.Name} holds {parameter.Value.Precision} elements, the kernels work on "
                    + $"{kernels.Precision}; they must be the same. Convert the parameter first.",
                    nameof(parameters));
            }
        }
    }

    /// <summary>The parameters this optimiser changes.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The step size; may be changed between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not a number.</exception>
    public double LearningRate
    {
        get;
        set
        {
            if (!(value >= 0 && double.IsFinite(value)))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value), $"Optimizer: the learning rate is {value}; it must be a finite number of at least 0.");
            }
            field = value;
        }
    }

    /// <summary>The kernels that do the arithmetic.</summary>
    protected Kernels Kernels { get; }

    /// <summary>The norm that the gradients are scaled down to if theirs is larger; null for no limit.</summary>
    public double? MaxGradientNorm { get; init; }

    /// <summary>
    /// Whether training goes on after a step whose loss or gradient is not a finite number, which then changes nothing; else it
    /// stops.
    /// </summary>
    public bool SkipsNonFinite { get; init; }

    /// <summary>The number of steps taken. Set it together with <see cref="State"/> to continue an earlier run.</summary>
    public long StepCount { get; set; }

    /// <summary>The state that the optimiser keeps between steps, by name. Written to when a run is continued.</summary>
    public abstract IReadOnlyList<(string Name, Tensor Tensor)> State { get; }

    /// <summary>Changes every parameter by its gradient, but for what is frozen, and clears the gradient.</summary>
    /// <exception cref="InvalidOperationException">Another thread takes a step.</exception>
    public void Step()
    {
        _busy.Enter(nameof(Optimizer));
        try
        {
            TakeStep();
        }
        finally
        {
            _busy.Leave();
        }
    }

    private void TakeStep()
    {
        StepCount++;
        for (int i = 0; i < Parameters.Count; i++)
            Parameters[i].ClearFrozenGradient();
        if (MaxGradientNorm is { } norm)
            GradientClipping.ByNorm(Parameters, norm);
        Update();
        for (int i = 0; i < Parameters.Count; i++)
            Parameters[i].ForgetRows();
    }

    /// <summary>
    /// Counts a step that changes nothing, and clears the gradients: for a mini-batch that cannot be learned from.
    /// </summary>
    public void Skip()
    {
        StepCount++;
        for (int i = 0; i < Parameters.Count; i++)
            Parameters[i].ClearGradient();
    }

    /// <summary>The first parameter with a gradient that is infinite or no number; null if there is none.</summary>
    public Parameter? FindNonFiniteGradient()
    {
        for (int i = 0; i < Parameters.Count; i++)
        {
            if (!Parameters[i].HasFiniteGradient())
                return Parameters[i];
        }
        return null;
    }

    /// <summary>
    /// Changes every parameter by its gradient, in step number <see cref="StepCount"/>, and clears the gradient.
    /// </summary>
    protected abstract void Update();

    /// <summary>Checks, for a trainer, that a network's parameters are among those that this optimiser changes, and are there as a whole.</summary>
    /// <exception cref="ArgumentException">One is not, or of one each rank has a part only.</exception>
    public void RequireAll(IReadOnlyList<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        foreach (var parameter in parameters)
        {
            if (!Parameters.Contains(parameter))
            {
                throw new ArgumentException(
                    $"Optimizer: {parameter.Name} is not among the {Counted.Of(Parameters.Count, "parameter")} given to it, and would never "
                    + "be trained. Give it the network's parameters.");
            }
        }
        Parameter.RequireWhole(parameters, "Trainer", "Trainers do not add up what ranks have; train in a loop of your own.");
    }

    /// <summary>Names a tensor for each parameter after the parameter.</summary>
    /// <param name="prefix">The text before the parameter's name.</param>
    /// <param name="tensors">A tensor for each parameter; those that are null are left out.</param>
    protected IEnumerable<(string Name, Tensor Tensor)> Named(string prefix, IReadOnlyList<Tensor?> tensors)
    {
        for (int i = 0; i < Parameters.Count; i++)
        {
            if (tensors[i] is { } tensor)
                yield return ($"{prefix}.{Parameters[i].Name}", tensor);
        }
    }

    /// <summary>A zero-filled tensor for each parameter, of its shape.</summary>
    protected Tensor[] AllocateState()
    {
        var state = new Tensor[Parameters.Count];
        for (int i = 0; i < state.Length; i++)
            state[i] = Tensor.Allocate(Parameters[i].Shape, Kernels.Precision);
        return state;
    }

    /// <summary>Checks a constant that must be from 0 to below 1.</summary>
    private protected static double CheckDecay(double value, string name) =>
        value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(
                name, $"Optimizer: {name} is {value}; it must be at least 0 and below 1.");
}
