using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Trains a network by one method for some steps, and by another from then on.</summary>
public sealed class TwoPhases : ITrainer
{
    private readonly ITrainer _first;
    private readonly ITrainer _second;
    private readonly long _firstSteps;

    /// <summary>Joins two methods, which train the same network.</summary>
    /// <param name="first">Takes the first steps.</param>
    /// <param name="second">Takes the others.</param>
    /// <param name="firstSteps">The number of steps that the first method takes, at least 1.</param>
    /// <exception cref="ArgumentException">The methods have an optimiser each.</exception>
    public TwoPhases(ITrainer first, ITrainer second, long firstSteps)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentOutOfRangeException.ThrowIfLessThan(firstSteps, 1);
        if (first.Optimizer != second.Optimizer)
            throw new ArgumentException("TwoPhases: the two methods have an optimiser each; give them the same one.");
        (_first, _second, _firstSteps) = (first, second, firstSteps);
        // Both methods have the state of the training set.
        State = [.. first.State.Concat(second.State).DistinctBy(state => state.Name)];
    }

    /// <inheritdoc/>
    public long Steps => _first.Steps + _second.Steps;

    /// <inheritdoc/>
    public CompositionStore? Compositions => _first.Compositions ?? _second.Compositions;

    /// <inheritdoc/>
    public Optimizer Optimizer => _first.Optimizer;

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Tensor Tensor)> State { get; }

    /// <inheritdoc/>
    public EStepResult? LastEStep => Current.LastEStep;

    /// <inheritdoc/>
    public double? EStepVisits => (_first.EStepVisits, _second.EStepVisits) is ({ } first, { } second)
        ? first + second
        : _first.EStepVisits ?? _second.EStepVisits;

    /// <inheritdoc/>
    public int? ScoredSelections => _first.ScoredSelections ?? _second.ScoredSelections;

    /// <summary>How long the steps of the phase took that the training is in.</summary>
    public StepTimes Times => Current.Times;

    private ITrainer Current => _first.Steps < _firstSteps ? _first : _second;

    /// <inheritdoc/>
    public StepResult Step() => Current.Step();

    /// <inheritdoc/>
    public void Share(BatchBlocks blocks)
    {
        _first.Share(blocks);
        _second.Share(blocks);
    }

    /// <inheritdoc/>
    public void ResumeAt(long steps)
    {
        _first.ResumeAt(Math.Min(steps, _firstSteps));
        _second.ResumeAt(Math.Max(0, steps - _firstSteps));
    }
}
