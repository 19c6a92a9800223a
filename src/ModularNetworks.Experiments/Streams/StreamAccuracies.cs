using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>The accuracy of each task on one part of the data: now, and after each task was learned.</summary>
/// <param name="split">The part's name.</param>
/// <param name="points">The part.</param>
internal sealed class StreamAccuracies(string split, VectorTrainingSet points)
{
    private const string AccuracyOfTask = "accuracyOfTask";
    private const double Points = 100; // A share in percent.

    private readonly int[][] _ofTask = StreamTrainingSet.OfTasks(points);
    private readonly Tensor _after = Tensor.Allocate(new Shape(StreamOptions.Tasks, StreamOptions.Tasks));

    /// <summary>The datapoints.</summary>
    public VectorTrainingSet Data => points;

    /// <summary>The accuracies after each task, <c>[after task, of task]</c>, to be saved and restored.</summary>
    public (string Name, Tensor Tensor) State => ($"stream.{split}", _after);

    /// <summary>Keeps the accuracies after a task.</summary>
    /// <param name="evaluation">Measures.</param>
    /// <param name="task">The task.</param>
    public void Keep(TaskEvaluation evaluation, int task)
    {
        foreach (var (place, accuracy) in Measure(evaluation, task + 1).Index())
            _after[(task * StreamOptions.Tasks) + place] = accuracy;
    }

    /// <summary>
    /// The mean accuracy of the tasks that have begun and that of each, and the mean backward transfer: by how many points the accuracy of a
    /// task before the last one is better now than right after it was learned.
    /// </summary>
    /// <param name="evaluation">Measures.</param>
    /// <param name="tasks">The number of tasks that have begun.</param>
    public SplitResult Result(TaskEvaluation evaluation, int tasks)
    {
        float[] now = Measure(evaluation, tasks);
        var numbers = new List<(string, double?)> { ("accuracy", now.Average(accuracy => (double)accuracy)) };
        if (tasks > 1)
            numbers.Add(("backwardTransfer", Points * Enumerable.Range(0, tasks - 1).Average(task => (double)now[task] - _after[(task * StreamOptions.Tasks) + task])));
        numbers.AddRange(Named(now));
        return new SplitResult(split, numbers);
    }

    /// <summary>The accuracies after each task that was learned, a result each.</summary>
    /// <param name="tasks">The number of tasks that were learned.</param>
    public IEnumerable<SplitResult> AfterTasks(int tasks) => Enumerable.Range(0, tasks).Select(after => new SplitResult(
        $"{split}AfterTask{after + 1}", [.. Named(_after.Values.Slice(after * StreamOptions.Tasks, after + 1).ToArray())]));

    private static IEnumerable<(string Name, double? Value)> Named(float[] accuracies) =>
        accuracies.Select((accuracy, task) => ($"{AccuracyOfTask}{task + 1}", (double?)accuracy));

    // Single precision, as in checkpoints: what has not changed must not differ.
    private float[] Measure(TaskEvaluation evaluation, int tasks) =>
        [.. _ofTask.Take(tasks).Select(datapoints => (float)evaluation.Measure(points, datapoints)[0].Value!.Value)];
}
