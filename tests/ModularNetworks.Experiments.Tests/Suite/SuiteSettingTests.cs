namespace ModularNetworks.Experiments.Tests;

public sealed class SuiteSettingTests
{
    [Theory]
    [InlineData(0.003, 3, null, 0.009000000000000001)]
    [InlineData(0.003, 3, 3, 0.009)]
    [InlineData(0.001, 1.0 / 3, 3, 0.000333)]
    public void Rates_are_rounded_where_digits_are_given(double rate, double factor, int? digits, double expected)
    {
        var options = new TableOptions { Optimizer = new() { LearningRate = rate } };
        Assert.Equal(expected, new SuiteSetting(factor, 0) { LearningRateDigits = digits }.Apply(options).Optimizer.LearningRate);
    }
}
