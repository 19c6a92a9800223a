using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>Vectors that come from several rules as datapoints.</summary>
/// <param name="points">The vectors with their targets.</param>
/// <param name="inputKeys">The number of the task or cluster that each vector shows, <c>[points]</c>; null if vectors show nothing.</param>
public sealed class VectorTrainingSet(TaskPoints points, int[]? inputKeys = null) : ITrainingSet<VectorBatch>
{
    private readonly VectorSet _vectors = points.Classes.Count > 0
        ? VectorSet.OfClasses(points.Inputs, points.Labels, inputKeys)
        : VectorSet.OfNumbers(points.Inputs, points.Targets, inputKeys);

    /// <inheritdoc/>
    public int Count => points.Count;

    /// <summary>The vectors with their targets.</summary>
    public TaskPoints Points => points;

    /// <inheritdoc/>
    public VectorBatch Load(ReadOnlySpan<int> datapoints) => _vectors.Load(datapoints);
}
