using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class ClusterControllerTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(8);

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void A_linear_controller_that_follows_clusters_chooses_the_nearest_with_the_mean_probability(double probability)
    {
        using var bench = new Workbench(Precision.Single);
        var points = Numbers.Uniform(Key, 60 * 3).ToTensor(Precision.Single, 60, 3);
        var clusters = KMeans.Fit(points, 4, Key);
        var controller = new LinearController("controller", 3, 4, 1, Key);
        controller.Follow(clusters, clusters.SharpnessFor(points, probability));
        var logits = controller.Logits(bench.Tape, points);
        var most = logits.MostProbable(bench.Tape);
        Assert.Equal(clusters.Nearest(points).Values, most.Values);
        Assert.Equal(probability, logits.LogProbability(bench.Tape, most).ToDoubles().Average(Math.Exp), 1e-3);
    }

    [Fact]
    public void Clusters_of_other_sizes_are_refused()
    {
        var points = Numbers.Uniform(Key, 60 * 3).ToTensor(Precision.Single, 60, 3);
        var clusters = KMeans.Fit(points, 4, Key);
        Assert.Throws<ArgumentException>(() => new LinearController("controller", 3, 5, 1, Key).Follow(clusters, 1));
        Assert.Throws<ArgumentException>(() => new LinearController("controller", 3, 4, 2, Key).Follow(clusters, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => clusters.SharpnessFor(points, 0.25));
        Assert.Throws<ArgumentOutOfRangeException>(() => clusters.SharpnessFor(points, 1));
    }
}
