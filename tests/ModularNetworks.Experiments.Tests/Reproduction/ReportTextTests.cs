namespace ModularNetworks.Experiments.Tests;

public sealed class ReportTextTests
{
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
