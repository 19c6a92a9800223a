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

    /// <summary>
    /// The sharpness β at which softmax over m of −β |x − c_m|² / 2 gives the nearest clusters of some points a probability, in the mean.
    /// </summary>
    /// <param name="points"><c>[points, features]</c>.</param>
    /// <param name="probability">The mean probability, above one cluster's share and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not in that range.</exception>
    public double SharpnessFor(Tensor points, double probability)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (!(probability * Count > 1 && probability < 1))
            throw new ArgumentOutOfRangeException(nameof(probability), $"Clusters: the probability is {probability}; it must be above 1/{Count} and below 1.");
        // Halving of the logarithm, from hardly any difference between clusters to hardly any doubt.
        double low = Math.Log(1e-6), high = Math.Log(1e6);
        for (int i = 0; i < 40; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = MeanProbability(points, Math.Exp(middle)) < probability ? (middle, high) : (low, middle);
        }
        return Math.Exp(high);
    }

    /// <summary>The mean probability of the nearest cluster.</summary>
    private double MeanProbability(Tensor points, double sharpness)
    {
        double sum = 0;
        for (int n = 0; n < points.Shape[0]; n++)
        {
            var point = KMeans.Row(points, n);
            double least = KMeans.SquaredDistance(point, KMeans.Row(Centres, Nearest(point))), total = 0;
            for (int cluster = 0; cluster < Count; cluster++)
                total += Math.Exp(sharpness / 2 * (least - KMeans.SquaredDistance(point, KMeans.Row(Centres, cluster))));
            sum += 1 / total;
        }
        return sum / points.Shape[0];
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
