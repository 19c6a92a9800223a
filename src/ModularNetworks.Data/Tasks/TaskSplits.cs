using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>The parts of a problem whose datapoints come from several rules.</summary>
/// <param name="Train">The datapoints to learn from.</param>
/// <param name="Valid">Other datapoints, to decide by.</param>
/// <param name="Test">Yet others, to measure generalisation with.</param>
/// <param name="Fingerprint">Tells the data from others; empty if they are drawn from a seed.</param>
public sealed record TaskSplits(TaskPoints Train, TaskPoints Valid, TaskPoints Test, string Fingerprint = "")
{
    /// <summary>Whether the numbers of the tasks may be used as inputs are: they are told with every datapoint, also with new ones.</summary>
    public bool ShowsTasks { get; init; }

    /// <summary>The features that clusters of inputs are made of, whether or not each is one, <c>[features]</c>; null for all.</summary>
    public IReadOnlyList<bool>? ClusterFeatures { get; init; }

    /// <summary>The standard deviation by which targets were divided, in their own units; null if they are classes, or numbers as they are.</summary>
    public double? TargetDeviation { get; init; }

    /// <summary>Whether the loss of classes, in nats, is told beside their accuracy.</summary>
    public bool TellsLoss { get; init; }

    /// <summary>The same datapoints with task numbers that are told and say nothing (<see cref="TaskPoints.WithRandomTasks"/>).</summary>
    /// <param name="tasks">The number of tasks, at least 1.</param>
    /// <param name="key">Decides the draws.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no task.</exception>
    public TaskSplits WithRandomTasks(int tasks, RandomKey key) => this with
    {
        Train = Train.WithRandomTasks(tasks, key.Split("train")),
        Valid = Valid.WithRandomTasks(tasks, key.Split("valid")),
        Test = Test.WithRandomTasks(tasks, key.Split("test")),
        ShowsTasks = true,
    };
}
