using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Clusters of points, each with a centre: a discrete function of the input, g(x), that no label takes part in.</summary>
/// <param name="Centres"><c>[clusters, features]</c>.</param>
public sealed record Clusters(Tensor Centres)
{
    /// <summary>The number of clusters.</summary>
    public int Count => Centres.Shape[0];

    /// <summary>The cluster whose centre is nearest; of equally near ones the first.</summary>
    /// <param name="point"><c>[features]</c>.</param>
    /// <exception cref="ArgumentException">The point has another number of features than the centres.</exception>
    public int Nearest(ReadOnlySpan<float> point)
    {
        if (point.Length != Centres.Shape[1])
            throw new ArgumentException($"Clusters: a point of {point.Length} features is given; the centres have {Centres.Shape[1]}.", nameof(point));
        int nearest = 0;
        double least = double.PositiveInfinity;
        for (int cluster = 0; cluster < Count; cluster++)
        {
            double distance = KMeans.SquaredDistance(point, KMeans.Row(Centres, cluster));
            if (distance < least)
                (nearest, least) = (cluster, distance);
        }
        return nearest;
    }

    /// <summary>The nearest clusters of some points.</summary>
    /// <param name="points"><c>[points, features]</c>.</param>
    /// <returns><c>[points]</c>.</returns>
    public IndexTensor Nearest(Tensor points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var nearest = IndexTensor.Allocate(new Shape(points.Shape[0]));
        for (int n = 0; n < points.Shape[0]; n++)
            nearest.Values[n] = Nearest(KMeans.Row(points, n));
        return nearest;
    }
}
