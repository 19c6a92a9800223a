using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Gives every point to a near centre, with no centre taking more than its share.</summary>
internal static class BalancedAssignment
{
    /// <summary>
    /// The cluster of each point, <c>[points]</c>. Points that would lose most by their second choice come first, and take the nearest
    /// centre that still has room.
    /// </summary>
    /// <param name="points"><c>[points, features]</c>.</param>
    /// <param name="centres"><c>[clusters, features]</c>.</param>
    public static int[] Of(Tensor points, Tensor centres)
    {
        int count = points.Shape[0], clusters = centres.Shape[0];
        double[] distances = SizedArray.Create<double>(nameof(KMeans), (long)count * clusters);
        double[] regrets = SizedArray.Create<double>(nameof(KMeans), count);
        for (int n = 0; n < count; n++)
        {
            var row = distances.AsSpan(n * clusters, clusters);
            for (int cluster = 0; cluster < clusters; cluster++)
                row[cluster] = KMeans.SquaredDistance(KMeans.Row(points, n), KMeans.Row(centres, cluster));
            regrets[n] = -Regret(row);
        }
        int[] order = [.. Enumerable.Range(0, count)];
        Array.Sort(regrets, order);
        int[] room = [.. Enumerable.Repeat((count + clusters - 1) / clusters, clusters)];
        int[] taken = SizedArray.Create<int>(nameof(KMeans), count);
        foreach (int n in order)
        {
            taken[n] = NearestWithRoom(distances.AsSpan(n * clusters, clusters), room);
            room[taken[n]]--;
        }
        return taken;
    }

    /// <summary>By how much the second nearest centre is farther than the nearest.</summary>
    private static double Regret(ReadOnlySpan<double> distances)
    {
        double nearest = double.PositiveInfinity, second = double.PositiveInfinity;
        foreach (double distance in distances)
        {
            if (distance < nearest)
                (nearest, second) = (distance, nearest);
            else if (distance < second)
                second = distance;
        }
        return distances.Length == 1 ? 0 : second - nearest;
    }

    private static int NearestWithRoom(ReadOnlySpan<double> distances, int[] room)
    {
        int best = -1;
        for (int cluster = 0; cluster < distances.Length; cluster++)
        {
            if (room[cluster] > 0 && (best < 0 || distances[cluster] < distances[best]))
                best = cluster;
        }
        return best;
    }
}
