using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Datapoints (x_n, y_n), n = 0 to N - 1, from which mini-batches are drawn.</summary>
/// <typeparam name="TBatch">What a network takes as a mini-batch.</typeparam>
public interface ITrainingSet<out TBatch>
{
    /// <summary>N, the number of datapoints.</summary>
    int Count { get; }

    /// <summary>
    /// Whether mini-batches must go through the datapoints in their order, as when each goes on from the state that the
    /// gradient step on the one before left. E-steps then take the mini-batch of the gradient step that follows.
    /// </summary>
    bool IsOrdered => false;

    /// <summary>The state that the set keeps between mini-batches, by name. Written to when a run is continued.</summary>
    IReadOnlyList<(string Name, Tensor Tensor)> State => [];

    /// <summary>Gathers a mini-batch. It is valid until the next call.</summary>
    /// <param name="datapoints">The numbers of the datapoints.</param>
    TBatch Load(ReadOnlySpan<int> datapoints);
}
