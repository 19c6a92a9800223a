using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class KMeansTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(3);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    public void Points_around_far_centres_are_found_again(int groups)
    {
        var points = Around(groups, each: 40);
        var clusters = KMeans.Fit(points, groups, Key);
        int[] found = clusters.Nearest(points).Values.ToArray();
        for (int group = 0; group < groups; group++)
            Assert.Single(found[(group * 40)..((group + 1) * 40)].Distinct());
        Assert.Equal(groups, found.Distinct().Count());
    }

    [Fact]
    public void Centres_are_the_means_of_their_points()
    {
        var points = Around(3, each: 40);
        var clusters = KMeans.Fit(points, 3, Key);
        var found = clusters.Nearest(points);
        for (int cluster = 0; cluster < 3; cluster++)
        {
            int[] members = [.. Enumerable.Range(0, 120).Where(n => found.Values[n] == cluster)];
            for (int i = 0; i < 2; i++)
                Assert.Equal(members.Average(n => points[(n * 2) + i]), clusters.Centres[(cluster * 2) + i], 1e-4);
        }
    }

    [Fact]
    public void No_cluster_takes_more_than_its_share()
    {
        // 90 points in one place and 10 in another.
        var points = Tensor.Allocate(new Shape(100, 2));
        for (int i = 0; i < points.Values.Length; i++)
            points.Values[i] = (i < 180 ? 0 : 50) + (float)Key.Uniform((ulong)i);
        int[] taken = BalancedAssignment.Of(points, KMeans.Fit(points, 4, Key).Centres);
        Assert.All(taken.CountBy(cluster => cluster), cluster => Assert.Equal(25, cluster.Value));
    }

    [Fact]
    public void The_key_decides_everything()
    {
        var points = Around(5, each: 20);
        Assert.Equal(KMeans.Fit(points, 3, Key).Centres.Values.ToArray(), KMeans.Fit(points, 3, Key).Centres.Values.ToArray());
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        var points = Around(1, each: 3);
        Assert.Contains("for 4 clusters", Assert.Throws<ArgumentException>(() => KMeans.Fit(points, 4, Key)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => KMeans.Fit(points, 0, Key));
        Assert.Contains("the centres have 2", Assert.Throws<ArgumentException>(() => KMeans.Fit(points, 1, Key).Nearest([1f])).Message, StringComparison.Ordinal);
    }

    private static Tensor Around(int groups, int each)
    {
        var points = Tensor.Allocate(new Shape(groups * each, 2));
        for (int n = 0; n < groups * each; n++)
        {
            points.Values[2 * n] = (100 * (n / each % 3)) + (float)Key.Uniform((ulong)(2 * n));
            points.Values[(2 * n) + 1] = (100 * (n / each / 3)) + (float)Key.Uniform((ulong)((2 * n) + 1));
        }
        return points;
    }
}
