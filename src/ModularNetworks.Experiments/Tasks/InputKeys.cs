using System.Runtime.InteropServices;
using ModularNetworks.Data;
using ModularNetworks.Engine;
using Tensor = ModularNetworks.Engine.Tensor;

namespace ModularNetworks.Experiments;

/// <summary>
/// g(x), the number that the input of a datapoint shows: its task where that is told, or the cluster that it lies in.
/// </summary>
internal sealed class InputKeys
{
    // Enough to find clusters; fitting takes time for each.
    private const int MostFittedPoints = 20_000;
    private const int SharpnessPoints = 1000;

    private readonly Tensor? _points;

    private InputKeys(int count, Clusters? clusters = null, Tensor? points = null) => (Count, Clusters, _points) = (count, clusters, points);

    /// <summary>The clusters; null if inputs show their task, or nothing.</summary>
    public Clusters? Clusters { get; }

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
    public static InputKeys Of(CompositionStarts start, int clusters, TaskSplits data, RandomKey key, Clusters? kept)
    {
        if (start != CompositionStarts.Clusters)
            return new InputKeys(data.ShowsTasks ? data.Train.TaskNames.Count : 0);
        var measured = Sample(data.Train.Inputs, SharpnessPoints, key.Split("sharpness"));
        if (data.ClusterFeatures is { } features)
            Masked(measured, features);
        return new InputKeys(clusters, kept ?? Fit(clusters, data, key), measured);
    }

    private static Clusters Fit(int clusters, TaskSplits data, RandomKey key)
    {
        var points = Sample(data.Train.Inputs, MostFittedPoints, key.Split("points"));
        if (data.ClusterFeatures is { } features)
            points = Distinct(Masked(points, features), clusters);
        return KMeans.Fit(points, clusters, key.Split("centres"));
    }

    /// <summary>The clusters that a run keeps.</summary>
    public static InputKeys Of(Clusters clusters) => new(clusters.Count, clusters);

    /// <summary>The numbers that some datapoints show, <c>[points]</c>; null if inputs show nothing.</summary>
    public int[]? Of(TaskPoints points)
    {
        if (Clusters is null)
            return Count > 0 ? points.Tasks.ToArray() : null;
        int[] keys = new int[points.Count];
        float[] point = new float[points.Inputs.Features];
        for (int n = 0; n < keys.Length; n++)
        {
            points.Inputs.CopyTo(n, point);
            keys[n] = Clusters.Nearest(point);
        }
        return keys;
    }

    /// <summary>How fast a module becomes less probable with the distance from its cluster.</summary>
    /// <param name="clusters">A cluster for each module.</param>
    /// <param name="probability">The mean probability of the nearest cluster.</param>
    public double SharpnessFor(Clusters clusters, double probability) => clusters.SharpnessFor(_points!, probability);

    /// <summary>Sets the other features to 0. They add the same to the distances of an input to all centres, so that they decide nothing.</summary>
    private static Tensor Masked(Tensor points, IReadOnlyList<bool> features)
    {
        for (int i = 0; i < points.Shape.Count; i++)
        {
            if (!features[i % features.Count])
                points.Values[i] = 0;
        }
        return points;
    }

    /// <summary>Each point once, so that a category is a cluster however frequent it is; all points if too few differ.</summary>
    private static Tensor Distinct(Tensor points, int atLeast)
    {
        int features = points.Shape[1];
        float[][] different = [.. Enumerable.Range(0, points.Shape[0]).Select(row => points.Values.Slice(row * features, features).ToArray())
            .DistinctBy(Hex)];
        return different.Length >= atLeast ? Tensor.From(new Shape(different.Length, features), [.. different.SelectMany(point => point)]) : points;

        static string Hex(float[] point) => Convert.ToHexString(MemoryMarshal.AsBytes(point.AsSpan()));
    }

    private static Tensor Sample(VectorRows rows, int most, RandomKey key)
    {
        int[] order = [.. Enumerable.Range(0, rows.Count)];
        key.Shuffle(order);
        var points = Tensor.Allocate(new Shape(Math.Min(rows.Count, most), rows.Features));
        for (int n = 0; n < points.Shape[0]; n++)
            rows.CopyTo(order[n], points.Values.Slice(n * rows.Features, rows.Features));
        return points;
    }
}
