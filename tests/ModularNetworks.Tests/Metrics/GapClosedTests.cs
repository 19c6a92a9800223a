namespace ModularNetworks.Tests;

public sealed class GapClosedTests
{
    [Theory]
    [InlineData(2.0, 0.0)]
    [InlineData(1.5, 0.5)]
    [InlineData(1.0, 1.0)]
    [InlineData(2.5, -0.5)]
    public void The_share_is_that_between_the_dense_losses(double modular, double expected) =>
        Assert.Equal(expected, GapClosed.Of(dense: 2, modular, wide: 1));

    [Fact]
    public void Without_a_gap_there_is_no_share()
    {
        Assert.Null(GapClosed.Of(dense: 1, modular: 0.5, wide: 1));
        Assert.Null(GapClosed.Of(dense: 1, modular: 0.5, wide: 2));
    }
}
