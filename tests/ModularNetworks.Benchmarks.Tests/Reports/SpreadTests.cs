namespace ModularNetworks.Benchmarks.Tests;

public sealed class SpreadTests
{
    [Fact]
    public void Percentiles_lie_between_their_neighbours()
    {
        double[] values = [4, 1, 3, 2];
        Assert.Equal(2.5, Spread.Percentile(values, 50));
        Assert.Equal(1, Spread.Percentile(values, 0));
        Assert.Equal(4, Spread.Percentile(values, 100));
        Assert.Equal(3.97, Spread.Percentile(values, 99), 1e-12);
        Assert.Equal(7, Spread.Percentile([7], 99));
    }

    [Fact]
    public void Numbers_keep_four_digits()
    {
        Assert.Equal(new Spread(0.001235, 0.001235, 1235), Spread.Of([0.00123456, 0.00123456, 1234.56]));
        Assert.Equal(new Spread(1.888, 1.888, 1.888), Spread.Of([1.88801]));
        Assert.Null(Spread.Of([]));
    }
}
