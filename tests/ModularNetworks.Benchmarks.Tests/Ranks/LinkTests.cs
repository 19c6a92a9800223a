namespace ModularNetworks.Benchmarks.Tests;

public sealed class LinkTests
{
    [Fact]
    public void Times_of_a_link_give_it_back()
    {
        var link = Link.Fit([.. ((int[])[1, 1000, 1_000_000]).Select(bytes => new LinkTime(bytes, 3e-6 + (bytes / 2e9)))]);
        Assert.Equal(3e-6, link.LatencySeconds, 1e-15);
        Assert.Equal(2e9, link.BytesPerSecond, 1);
        Assert.Equal(3e-6 + 5e-4, link.Seconds(1_000_000), 1e-15);
    }

    /// <summary>With times 1 and 2 of no bytes, the sum of (latency / time - 1)^2 is least at 1.2: 1.2 / 1 - 1 = 0.2, 1.2 / 2 - 1 = -0.4.</summary>
    [Fact]
    public void Relative_errors_are_what_is_small()
    {
        var link = Link.Fit([new LinkTime(0, 1), new LinkTime(0, 2), new LinkTime(1000, 101.2)]);
        Assert.Equal(1.2, link.LatencySeconds, 1e-9);
        Assert.Equal(10, link.BytesPerSecond, 1e-9);
    }

    [Fact]
    public void No_latency_is_negative() =>
        Assert.Equal(0, Link.Fit([new LinkTime(10, 1), new LinkTime(20, 3), new LinkTime(30, 5)]).LatencySeconds);
}
