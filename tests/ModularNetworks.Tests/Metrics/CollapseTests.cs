namespace ModularNetworks.Tests;

public sealed class CollapseTests
{
    private const double Tolerance = 1e-12;

    [Theory]
    [InlineData(new[] { 0.25, 0.25, 0.25, 0.25 }, 0, 0)]
    [InlineData(new[] { 0.0, 0, 1, 0 }, 1, 1)]
    [InlineData(new[] { 0.5, 0.5, 0, 0 }, 4.0 / 3 * 0.5, 1)]
    [InlineData(new[] { 0.5, 0.3, 0.2 }, 3.0 / 2 * ((1.0 / 3) - 0.3 + (1.0 / 3) - 0.2), 1 - (3 * 0.2))]
    [InlineData(new[] { 1.0 }, 0, 0)]
    public void Both_measures_are_those_of_the_formulas(double[] usage, double average, double worst)
    {
        Assert.Equal(average, Collapse.Average(usage), Tolerance);
        Assert.Equal(worst, Collapse.Worst(usage), Tolerance);
    }

    [Fact]
    public void No_modules_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Collapse.Average([]));
        Assert.Throws<ArgumentException>(() => Collapse.Worst([]));
    }
}
