using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Trains by another trainer, and has the network measured after the last step of each task.</summary>
/// <param name="inner">Takes the steps.</param>
/// <param name="stepsPerTask">The number of steps for each task.</param>
/// <param name="learned">What the measurements are kept in, to be saved and restored.</param>
/// <param name="measure">Measures the network after a task.</param>
internal sealed class StreamTrainer(ITrainer inner, long stepsPerTask, IReadOnlyList<(string Name, Tensor Tensor)> learned, Action<int> measure) : ITrainer
{
    /// <inheritdoc/>
    public long Steps => inner.Steps;

    /// <inheritdoc/>
    public CompositionStore? Compositions => inner.Compositions;

    /// <inheritdoc/>
    public Optimizer Optimizer => inner.Optimizer;

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Tensor Tensor)> State => [.. inner.State, .. learned];

    /// <inheritdoc/>
    public EStepResult? LastEStep => inner.LastEStep;

    /// <inheritdoc/>
    public StepTimes Times => inner.Times;

    /// <inheritdoc/>
    public StepResult Step()
    {
        var result = inner.Step();
        if (Steps % stepsPerTask == 0 && Steps / stepsPerTask <= StreamOptions.Tasks)
            measure((int)(Steps / stepsPerTask) - 1);
        return result;
    }

    /// <inheritdoc/>
    public void ResumeAt(long steps) => inner.ResumeAt(steps);
}
