using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>
/// Datapoints of vectors whose targets come from one of several rules. The number of a datapoint's rule, its task, is known and
/// is not part of the vector, unless the vector says so itself.
/// </summary>
public sealed class TaskPoints
{
    // Each task has a name in memory.
    private const int MostRandomTasks = 1 << 16;

    private readonly int[] _tasks;
    private readonly int[] _labels;
    private readonly float[] _targets;

    private TaskPoints(VectorRows inputs, IReadOnlyList<string> taskNames, int[] tasks, IReadOnlyList<string> classes, int[] labels, float[] targets)
    {
        if (inputs.Count == 0 || inputs.Count != tasks.Length || inputs.Count != labels.Length + targets.Length)
        {
            throw new ArgumentException(
                $"TaskPoints: {Counted.Of(inputs.Count, "vector")}, {Counted.Of(tasks.Length, "task")} and {labels.Length + targets.Length} targets; there must be at "
                + "least one vector, with a task and a target each.");
        }
        RequireNames("task", tasks, taskNames);
        RequireNames("class", labels, classes);
        (Inputs, TaskNames, _tasks, Classes, _labels, _targets) = (inputs, taskNames, tasks, classes, labels, targets);
    }

    /// <summary>The number of datapoints.</summary>
    public int Count => Inputs.Count;

    /// <summary>The vectors.</summary>
    public VectorRows Inputs { get; }

    /// <summary>The names of the tasks; a datapoint's task is a place in this list.</summary>
    public IReadOnlyList<string> TaskNames { get; }

    /// <summary>The number of each datapoint's task, <c>[points]</c>.</summary>
    public ReadOnlySpan<int> Tasks => _tasks;

    /// <summary>The names of the classes; none where targets are numbers.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The number of each datapoint's class, <c>[points]</c>; empty where targets are numbers.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>The number that belongs to each datapoint, <c>[points]</c>; empty where targets are classes.</summary>
    public ReadOnlySpan<float> Targets => _targets;

    /// <summary>Datapoints whose targets are classes.</summary>
    /// <param name="inputs">The vectors.</param>
    /// <param name="taskNames">The names of the tasks.</param>
    /// <param name="tasks">The number of each datapoint's task, <c>[points]</c>.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <param name="labels">The number of each datapoint's class, <c>[points]</c>.</param>
    /// <exception cref="ArgumentException">There are no datapoints, the parts are not equally many, or a number has no name.</exception>
    public static TaskPoints OfClasses(
        VectorRows inputs, IReadOnlyList<string> taskNames, int[] tasks, IReadOnlyList<string> classes, int[] labels) =>
        new(inputs, taskNames, tasks, classes, labels, []);

    /// <summary>Datapoints whose targets are numbers.</summary>
    /// <param name="inputs">The vectors.</param>
    /// <param name="taskNames">The names of the tasks.</param>
    /// <param name="tasks">The number of each datapoint's task, <c>[points]</c>.</param>
    /// <param name="targets">The number that belongs to each datapoint, <c>[points]</c>.</param>
    /// <exception cref="ArgumentException">There are no datapoints, the parts are not equally many, or a task has no name.</exception>
    public static TaskPoints OfNumbers(VectorRows inputs, IReadOnlyList<string> taskNames, int[] tasks, float[] targets) =>
        new(inputs, taskNames, tasks, [], [], targets);

    /// <summary>
    /// The same datapoints with task numbers that are drawn uniformly and say nothing: a control, in which modules that are told the
    /// tasks must not do better than those that are not.
    /// </summary>
    /// <param name="tasks">The number of tasks, from 1 to 65,536.</param>
    /// <param name="key">Decides the draws.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no task, or there are too many.</exception>
    public TaskPoints WithRandomTasks(int tasks, RandomKey key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tasks, MostRandomTasks);
        int[] drawn = [.. Enumerable.Range(0, Count).Select(n => key.Below((ulong)n, tasks))];
        return new TaskPoints(Inputs, [.. Enumerable.Range(1, tasks).Select(task => $"random {task}")], drawn, Classes, _labels, _targets);
    }

    private static void RequireNames(string kind, int[] numbers, IReadOnlyList<string> names)
    {
        foreach (int number in numbers)
        {
            if ((uint)number >= (uint)names.Count)
            {
                throw new ArgumentException(
                    $"TaskPoints: a datapoint has {kind} {number}, but {names.Count} are named; numbers are from 0 to {names.Count - 1}.");
            }
        }
    }
}
