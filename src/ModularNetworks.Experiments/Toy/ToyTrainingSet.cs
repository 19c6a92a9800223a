using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>The points of a toy problem as datapoints.</summary>
/// <param name="points">The points.</param>
public sealed class ToyTrainingSet(ToyPoints points) : ITrainingSet<RegressionBatch>
{
    private RegressionBatch? _batch;

    /// <inheritdoc/>
    public int Count => points.Count;

    /// <inheritdoc/>
    public RegressionBatch Load(ReadOnlySpan<int> datapoints)
    {
        var shape = new Shape(datapoints.Length, 2);
        if (_batch is null || _batch.Inputs.Shape != shape)
            _batch = new RegressionBatch(Tensor.Allocate(shape), Tensor.Allocate(shape));
        for (int n = 0; n < datapoints.Length; n++)
        {
            points.Inputs.Slice(2 * datapoints[n], 2).CopyTo(_batch.Inputs.Values[(2 * n)..]);
            points.Targets.Slice(2 * datapoints[n], 2).CopyTo(_batch.Targets.Values[(2 * n)..]);
        }
        return _batch;
    }

    /// <summary>All points as one batch.</summary>
    public RegressionBatch All() => Load([.. Enumerable.Range(0, Count)]);
}
