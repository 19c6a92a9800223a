namespace ModularNetworks;

/// <summary>Datapoints (x_n, y_n), n = 0 to N - 1, from which mini-batches are drawn.</summary>
/// <typeparam name="TBatch">What a network takes as a mini-batch.</typeparam>
public interface ITrainingSet<out TBatch>
{
    /// <summary>N, the number of datapoints.</summary>
    int Count { get; }

    /// <summary>Gathers a mini-batch. It is valid until the next call.</summary>
    /// <param name="datapoints">The numbers of the datapoints.</param>
    TBatch Load(ReadOnlySpan<int> datapoints);
}
