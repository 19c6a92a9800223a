using System.Runtime.InteropServices;
using ModularNetworks.Engine;
using Tensor = ModularNetworks.Engine.Tensor;

namespace ModularNetworks;

/// <summary>The clusters that the inputs of a training lie in, by which compositions can begin: balanced k-means, in which no label takes part.</summary>
public sealed class InputClusters
{
    // Enough to find clusters; fitting takes time for each.
    private const int MostFittedPoints = 20_000;
    private const int SharpnessPoints = 1000;

    private readonly Tensor? _points;

    private InputClusters(Clusters clusters, Tensor? points) => (Clusters, _points) = (clusters, points);

    /// <summary>The clusters.</summary>
    public Clusters Clusters { get; }

    /// <summary>The number of clusters.</summary>
    public int Count => Clusters.Count;

    /// <summary>Fits clusters.</summary>
    /// <param name="inputs">The inputs of the training.</param>
    /// <param name="clusters">The number of clusters.</param>
    /// <param name="key">Draws the inputs that clusters are fitted to, and their first centres.</param>
    /// <param name="features">The features that clusters are made of, <c>[features]</c>; null for all.</param>
    /// <param name="kept">The clusters, if they were fitted before; null to fit them.</param>
    /// <exception cref="ArgumentException">There are fewer inputs than clusters, or of another number of features than is told.</exception>
    public static InputClusters Fit(VectorRows inputs, int clusters, RandomKey key, IReadOnlyList<bool>? features = null, Clusters? kept = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (features is not null && features.Count != inputs.Features)
            throw new ArgumentException($"InputClusters: {features.Count} features are told; the inputs have {inputs.Features}.", nameof(features));
        var measured = Sample(inputs, SharpnessPoints, key.Split("sharpness"));
        if (features is not null)
            Masked(measured, features);
        return new InputClusters(kept ?? FitClusters(inputs, clusters, key, features), measured);
    }

    /// <summary>Clusters that were fitted before, to look inputs up only.</summary>
    public static InputClusters Of(Clusters clusters) => new(clusters, points: null);

    /// <summary>The clusters of some inputs, <c>[inputs]</c>.</summary>
    public int[] KeysOf(VectorRows inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        int[] keys = new int[inputs.Count];
        float[] point = new float[inputs.Features];
        for (int n = 0; n < keys.Length; n++)
        {
            inputs.CopyTo(n, point);
            keys[n] = Clusters.Nearest(point);
        }
        return keys;
    }

    /// <summary>How fast a module becomes less probable with the distance from its cluster.</summary>
    /// <param name="clusters">A cluster for each module.</param>
    /// <param name="probability">The mean probability of the nearest cluster.</param>
    /// <exception cref="InvalidOperationException">The clusters were fitted before, without the inputs of this training.</exception>
    public double SharpnessFor(Clusters clusters, double probability)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        return clusters.SharpnessFor(
            _points ?? throw new InvalidOperationException("InputClusters: the inputs of the training are not known. Make them with Fit."), probability);
    }

    private static Clusters FitClusters(VectorRows inputs, int clusters, RandomKey key, IReadOnlyList<bool>? features)
    {
        var points = Sample(inputs, MostFittedPoints, key.Split("points"));
        if (features is not null)
            points = Distinct(Masked(points, features), clusters);
        return KMeans.Fit(points, clusters, key.Split("centres"));
    }

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
