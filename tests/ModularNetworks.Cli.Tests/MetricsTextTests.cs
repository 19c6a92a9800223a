using ModularNetworks.Cli.Training;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Tests;

public sealed class MetricsTextTests
{
    [Theory]
    [InlineData(1234.56789, "test meanAbsoluteError 1234.5679")]
    [InlineData(1.23456e30, "test meanAbsoluteError 1.2346e30")]
    [InlineData(-1.23456e30, "test meanAbsoluteError -1.2346e30")]
    public void Very_large_numbers_are_short(double value, string expected) =>
        Assert.Equal(expected, MetricsText.Measured(Measurement.Of("test", "meanAbsoluteError", value)));
}
