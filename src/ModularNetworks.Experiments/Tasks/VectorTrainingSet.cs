using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Vectors that come from several rules as datapoints.</summary>
/// <param name="points">The vectors with their targets.</param>
/// <param name="inputKeys">The number of the task or cluster that each vector shows, <c>[points]</c>; null if vectors show nothing.</param>
public sealed class VectorTrainingSet(TaskPoints points, int[]? inputKeys = null) : ITrainingSet<VectorBatch>
{
    private VectorBatch? _batch;

    /// <inheritdoc/>
    public int Count => points.Count;

    /// <summary>The vectors with their targets.</summary>
    public TaskPoints Points => points;

    /// <inheritdoc/>
    public VectorBatch Load(ReadOnlySpan<int> datapoints)
    {
        if (_batch is null || _batch.Inputs.Shape[0] != datapoints.Length)
            _batch = Allocate(datapoints.Length);
        int features = points.Inputs.Features;
        for (int row = 0; row < datapoints.Length; row++)
        {
            int point = datapoints[row];
            points.Inputs.CopyTo(point, _batch.Inputs.Values.Slice(row * features, features));
            if (_batch.InputKeys is { } keys)
                keys.Values[row] = inputKeys![point];
            if (_batch.Classes is { } classes)
                classes.Values[row] = points.Labels[point];
            if (_batch.Targets is { } targets)
                targets.Values[row] = points.Targets[point];
        }
        return _batch;
    }

    private VectorBatch Allocate(int rows)
    {
        bool hasClasses = points.Classes.Count > 0;
        return new VectorBatch(
            Tensor.Allocate(new Shape(rows, points.Inputs.Features)),
            hasClasses ? IndexTensor.Allocate(new Shape(rows)) : null,
            hasClasses ? null : Tensor.Allocate(new Shape(rows, 1)),
            inputKeys is null ? null : IndexTensor.Allocate(new Shape(rows)));
    }
}
