using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>
/// g(x), the number that the input of a datapoint shows: its task where that is told, or the cluster that it lies in.
/// </summary>
internal sealed class InputKeys
{
    private InputKeys(int count, InputClusters? inputClusters = null) => (Count, InputClusters) = (count, inputClusters);

    /// <summary>The clusters of the inputs; null if inputs show their task, or nothing.</summary>
    public InputClusters? InputClusters { get; }

    /// <summary>The clusters; null if inputs show their task, or nothing.</summary>
    public Clusters? Clusters => InputClusters?.Clusters;

    /// <summary>The multiply-adds of finding the cluster of an input.</summary>
    public long MultiplyAdds => Clusters?.Centres.Shape.Count ?? 0;

    /// <summary>The number of tasks or clusters; 0 if inputs show nothing.</summary>
    public int Count { get; }

    /// <summary>The numbers that the inputs of some data show.</summary>
    /// <param name="start">Whether compositions begin by clusters.</param>
    /// <param name="clusters">The number of clusters.</param>
    /// <param name="data">The data; clusters are fitted to the inputs of the training part.</param>
    /// <param name="key">Draws the points that clusters are fitted to, and their first centres.</param>
    /// <param name="kept">The clusters that were fitted before; null if there are none.</param>
    public static InputKeys Of(CompositionStarts start, int clusters, TaskSplits data, RandomKey key, Clusters? kept) => start == CompositionStarts.Clusters
        ? new InputKeys(clusters, InputClusters.Fit(data.Train.Inputs, clusters, key, data.ClusterFeatures, kept))
        : new InputKeys(data.ShowsTasks ? data.Train.TaskNames.Count : 0);

    /// <summary>The clusters that a run keeps.</summary>
    public static InputKeys Of(Clusters clusters) => new(clusters.Count, InputClusters.Of(clusters));

    /// <summary>The numbers that some datapoints show, <c>[points]</c>; null if inputs show nothing.</summary>
    public int[]? Of(TaskPoints points)
    {
        if (InputClusters is { } clusters)
            return clusters.KeysOf(points.Inputs);
        return Count > 0 ? points.Tasks.ToArray() : null;
    }
}
