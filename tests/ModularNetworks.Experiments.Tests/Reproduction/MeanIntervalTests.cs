namespace ModularNetworks.Experiments.Tests;

public sealed class MeanIntervalTests
{
    // Of published tables of the t distribution, column 0.975.
    [Theory]
    [InlineData(1, 12.706205)]
    [InlineData(2, 4.302653)]
    [InlineData(4, 2.776445)]
    [InlineData(9, 2.262157)]
    [InlineData(30, 2.042272)]
    public void The_half_width_is_the_tables_quantile_times_the_standard_error(int freedom, double quantile)
    {
        double[] numbers = [.. Enumerable.Range(0, freedom + 1).Select(i => (double)i * i)];
        double mean = numbers.Average();
        double error = Math.Sqrt(numbers.Sum(number => Math.Pow(number - mean, 2)) / freedom / numbers.Length);
        var interval = MeanInterval.Of(numbers)!;
        Assert.Equal(mean, interval.Mean);
        Assert.Equal(quantile, interval.HalfWidth / error, 5e-7);
    }

    [Fact]
    public void Three_seeds_by_hand()
    {
        // Mean 2, standard deviation 1, standard error 1/√3.
        var interval = MeanInterval.Of([1, 2, 3])!;
        Assert.Equal(2 - 2.484138, interval.Low, 1e-6);
        Assert.Equal(2 + 2.484138, interval.High, 1e-6);
    }

    [Fact]
    public void What_both_runs_owe_to_the_seed_cancels()
    {
        Assert.Equal(new MeanInterval(0.5, 0), MeanInterval.OfDifference([10.5, 3.5, 7.5], [10, 3, 7]));
        Assert.Equal(MeanInterval.Of([1, -2, 3]), MeanInterval.OfDifference([4, 0, 6], [3, 2, 3]));
    }

    [Fact]
    public void Numbers_without_spread_or_partners_have_no_interval()
    {
        Assert.Null(MeanInterval.Of([1]));
        Assert.Null(MeanInterval.OfDifference([1], [2]));
        Assert.Throws<ArgumentException>(() => MeanInterval.OfDifference([1, 2], [1]));
    }
}
