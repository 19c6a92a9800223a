using System.Numerics.Tensors;
using ModularNetworks.Engine;
using Tensor = ModularNetworks.Engine.Tensor;

namespace ModularNetworks;

/// <summary>
/// Balanced k-means: Lloyd's algorithm from centres that k-means++ draws (Arthur, Vassilvitskii 2007), in which no cluster takes
/// more than its share of the points while centres are fitted. Points are then given to the nearest centre, so that clusters of
/// unequal size can remain.
/// </summary>
/// <remarks>Depends on the points, their order and the key alone.</remarks>
public static class KMeans
{
    /// <summary>Fits the centres of clusters.</summary>
    /// <param name="points"><c>[points, features]</c>.</param>
    /// <param name="clusters">The number of clusters.</param>
    /// <param name="key">Draws the first centres.</param>
    /// <param name="iterations">The most rounds; fewer if no point changes its cluster.</param>
    /// <exception cref="ArgumentException">There are fewer points than clusters.</exception>
    public static Clusters Fit(Tensor points, int clusters, RandomKey key, int iterations = 20)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(iterations);
        if (points.Shape.Rank != 2 || points.Shape[0] < clusters || points.Shape[1] == 0)
            throw new ArgumentException($"KMeans: points of shape {points.Shape} are given for {Counted.Of(clusters, "cluster")}; give [points, features] with a point for each cluster at least, and a feature.");
        var centres = FirstCentres(points, clusters, key);
        int[] taken = [];
        for (int i = 0; i < iterations; i++)
        {
            int[] next = BalancedAssignment.Of(points, centres);
            if (next.AsSpan().SequenceEqual(taken))
                break;
            taken = next;
            MoveTo(centres, points, taken);
        }
        return new Clusters(centres);
    }

    /// <summary>k-means++: each next centre is a point, drawn with the squared distance to the nearest centre so far as its weight.</summary>
    private static Tensor FirstCentres(Tensor points, int clusters, RandomKey key)
    {
        int count = points.Shape[0], features = points.Shape[1];
        var centres = Tensor.Allocate(new Shape(clusters, features));
        double[] nearest = SizedArray.Create<double>(nameof(KMeans), count);
        Array.Fill(nearest, double.PositiveInfinity);
        int chosen = key.Below(0, count);
        for (int cluster = 0; cluster < clusters; cluster++)
        {
            var centre = Row(points, chosen);
            centre.CopyTo(Row(centres, cluster));
            for (int n = 0; n < count; n++)
                nearest[n] = Math.Min(nearest[n], SquaredDistance(Row(points, n), centre));
            chosen = Draw(nearest, key.Uniform((ulong)cluster + 1));
        }
        return centres;
    }

    /// <summary>The index in which the running sum of the weights passes a share of their sum.</summary>
    private static int Draw(double[] weights, double share)
    {
        double rest = share * weights.Sum();
        for (int n = 0; n < weights.Length; n++)
        {
            rest -= weights[n];
            if (rest < 0)
                return n;
        }
        return weights.Length - 1;
    }

    /// <summary>Moves every centre to the mean of its points.</summary>
    private static void MoveTo(Tensor centres, Tensor points, int[] taken)
    {
        int features = points.Shape[1];
        int[] counts = new int[centres.Shape[0]];
        double[] sums = SizedArray.Create<double>(nameof(KMeans), centres.Shape.Count);
        for (int n = 0; n < taken.Length; n++)
        {
            counts[taken[n]]++;
            var point = Row(points, n);
            for (int i = 0; i < features; i++)
                sums[(taken[n] * features) + i] += point[i];
        }
        for (int i = 0; i < sums.Length; i++)
        {
            if (counts[i / features] > 0)
                centres.Values[i] = (float)(sums[i] / counts[i / features]);
        }
    }

    internal static Span<float> Row(Tensor tensor, int row) => tensor.Values.Slice(row * tensor.Shape[1], tensor.Shape[1]);

    internal static double SquaredDistance(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double distance = TensorPrimitives.Distance(x, y);
        return distance * distance;
    }
}
