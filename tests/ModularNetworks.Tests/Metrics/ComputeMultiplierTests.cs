namespace ModularNetworks.Tests;

public sealed class ComputeMultiplierTests
{
    private static readonly (double Operations, double Loss)[] Dense = [(400, 1.0), (100, 2.0), (1600, 0.8)];

    [Theory]
    [InlineData(2.0, 1)]
    [InlineData(1.0, 4)]
    [InlineData(0.8, 16)]
    [InlineData(1.5, 2)] // Half way in loss from 100 to 400 is half way in log operations: 200.
    [InlineData(0.9, 8)]
    public void Operations_are_interpolated_in_their_logarithm(double loss, double expected) =>
        Assert.Equal(expected, ComputeMultiplier.Of(Dense, operations: 100, loss)!.Value, 1e-12);

    [Theory]
    [InlineData(2.01)]
    [InlineData(0.79)]
    [InlineData(double.NaN)]
    public void Outside_the_measured_losses_there_is_no_multiplier(double loss) =>
        Assert.Null(ComputeMultiplier.Of(Dense, operations: 100, loss));

    [Fact]
    public void The_smallest_network_with_the_loss_counts()
    {
        // The loss 1.5 is met on the way down at 200, on the way up at 800, and down again.
        Assert.Equal(2, ComputeMultiplier.Of([(100, 2.0), (400, 1.0), (1600, 2.0), (6400, 0.5)], 100, 1.5)!.Value, 1e-12);
        Assert.Equal(1, ComputeMultiplier.Of([(100, 2.0), (400, 2.0)], 100, 2));
    }

    [Fact]
    public void Networks_that_cannot_be_compared_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ComputeMultiplier.Of([(100, 2.0)], 100, 2));
        Assert.Throws<ArgumentException>(() => ComputeMultiplier.Of([(100, 2.0), (100, 1.0)], 100, 2));
        Assert.Throws<ArgumentException>(() => ComputeMultiplier.Of([(0, 2.0), (100, 1.0)], 100, 2));
        Assert.Throws<ArgumentException>(() => ComputeMultiplier.Of(Dense, 0, 2));
    }
}
