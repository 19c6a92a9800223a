namespace ModularNetworks.Experiments.Tests;

public sealed class ReportTextTests
{
    [Theory]
    [InlineData(0.5, 0.2516, 0.7484, "0.5000 (0.2516 to 0.7484)")]
    [InlineData(0.0002, -0.00003, 0.00049, "0.00020 (-0.00003 to 0.00049)")]
    [InlineData(0.0003, 0.0000012, 0.0005, "0.000300 (0.000001 to 0.000500)")]
    [InlineData(0.99981, 0.99979, 0.99983, "0.999810 (0.999790 to 0.999830)")]
    [InlineData(0, 0, 0, "0.0000 (0.0000 to 0.0000)")]
    [InlineData(2e-15, -1e-15, 5e-15, "0.000000000 (0.000000000 to 0.000000000)")]
    public void A_narrow_interval_has_more_digits(double mean, double low, double high, string text) =>
        Assert.Equal(text, ReportText.Of(mean, [low, high]));

    [Theory]
    [InlineData(-0.00001, "F4", "0.0000")]
    [InlineData(-0.0, "F0", "0")]
    [InlineData(-0.0, "0.00e0", "0.00e0")]
    [InlineData(-0.00005, "F4", "-0.0001")]
    [InlineData(-0.00001, "0.00e0", "-1.00e-5")]
    [InlineData(-10.0, "F0", "-10")]
    [InlineData(double.NegativeInfinity, "F4", "-Infinity")]
    public void A_number_that_rounds_to_zero_has_no_sign(double value, string format, string text) => Assert.Equal(text, ReportText.Of(value, format));
}
