namespace ModularNetworks;

/// <summary>How EM on a stream of tasks is run (<see cref="StreamEm{TBatch}"/>).</summary>
public sealed record StreamEmOptions
{
    /// <summary>The number of tasks.</summary>
    public required int Tasks { get; init; }

    /// <summary>The number of gradient steps for each task; the last one also takes what is left.</summary>
    public required long StepsPerTask { get; init; }

    /// <summary>The number of datapoints in a mini-batch.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>The share of a task's steps, from 0 to 1, in which pairs of modules are tried out.</summary>
    public double WarmUp { get; init; } = 0.5;

    /// <summary>The number of mini-batches over which an E-step sums the scores of a pair; fewer if the task has fewer steps left.</summary>
    public int EStepBatches { get; init; } = 8;

    /// <summary>
    /// The least gain of a new module, in nats per datapoint: the logarithm of how much less probable a pair is a priori for each module that no
    /// task has used before.
    /// </summary>
    public double NewModuleCost { get; init; } = 0.02;

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Tasks, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(StepsPerTask, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(EStepBatches, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(WarmUp);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(WarmUp, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(NewModuleCost);
    }
}
