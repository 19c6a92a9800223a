using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Some datapoints of a training set.</summary>
/// <param name="data">All datapoints.</param>
/// <param name="chosen">The numbers of the datapoints.</param>
internal sealed class Subset<TBatch>(ITrainingSet<TBatch> data, int[] chosen) : ITrainingSet<TBatch>
{
    /// <inheritdoc/>
    public int Count => chosen.Length;

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Tensor Tensor)> State => data.State;

    /// <inheritdoc/>
    public TBatch Load(ReadOnlySpan<int> datapoints)
    {
        int[] numbers = new int[datapoints.Length];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = chosen[datapoints[i]];
        return data.Load(numbers);
    }
}
