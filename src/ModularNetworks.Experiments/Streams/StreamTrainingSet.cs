using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>
/// The datapoints of all gradient steps in a row: mini-batch s of the task that step s is for, shuffled anew in each epoch of the task.
/// </summary>
internal sealed class StreamTrainingSet : ITrainingSet<VectorBatch>
{
    private readonly VectorTrainingSet _points;
    private readonly int[][] _ofTask;
    private readonly Batches[] _batches;
    private readonly long _stepsPerTask;
    private int[] _numbers = [];

    /// <summary>Lines the datapoints up.</summary>
    /// <param name="points">The datapoints of all tasks.</param>
    /// <param name="steps">The number of gradient steps.</param>
    /// <param name="stepsPerTask">The number of gradient steps for each task; the last one also takes what is left.</param>
    /// <param name="batchSize">The number of datapoints in a mini-batch; all of a task's if it has fewer.</param>
    /// <param name="key">Decides the order of a task's datapoints.</param>
    public StreamTrainingSet(VectorTrainingSet points, long steps, long stepsPerTask, int batchSize, RandomKey key)
    {
        (_points, _stepsPerTask) = (points, stepsPerTask);
        _ofTask = OfTasks(points);
        BatchSize = Math.Min(batchSize, _ofTask.Min(ofTask => ofTask.Length));
        _batches = [.. _ofTask.Select((ofTask, task) => new Batches(ofTask.Length, BatchSize, key.Split((ulong)task)))];
        Count = (int)(steps * BatchSize);
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public bool IsOrdered => true;

    /// <summary>The number of datapoints in a mini-batch.</summary>
    public int BatchSize { get; }

    /// <summary>The numbers of the datapoints of each task.</summary>
    public static int[][] OfTasks(VectorTrainingSet points)
    {
        int[] tasks = points.Points.Tasks.ToArray();
        return [.. Enumerable.Range(0, points.Points.TaskNames.Count)
            .Select(task => Enumerable.Range(0, points.Count).Where(point => tasks[point] == task).ToArray())];
    }

    /// <inheritdoc/>
    public VectorBatch Load(ReadOnlySpan<int> datapoints)
    {
        if (_numbers.Length != datapoints.Length)
            _numbers = new int[datapoints.Length];
        for (int row = 0; row < datapoints.Length; row++)
        {
            (int step, int place) = Math.DivRem(datapoints[row], BatchSize);
            int task = (int)Math.Min(step / _stepsPerTask, _ofTask.Length - 1);
            _batches[task].Position = step - (task * _stepsPerTask);
            _numbers[row] = _ofTask[task][_batches[task].Upcoming[place]];
        }
        return _points.Load(_numbers);
    }
}
