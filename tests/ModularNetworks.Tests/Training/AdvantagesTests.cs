using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Rewards less their control variate, worked out by hand.</summary>
public sealed class AdvantagesTests
{
    [Fact]
    public void The_moving_average_starts_from_the_first_rewards_and_follows_the_earlier_ones()
    {
        var advantages = new Advantages(new ReinforceOptions { Decay = 0.75 }, Precision.Single);
        Assert.Equal([-1, 1], Subtract(advantages, isFirst: true, 1, 3));
        Assert.Equal(2, advantages.State.Tensor.Values[0]);
        Assert.Equal([2, 4], Subtract(advantages, isFirst: false, 4, 6));
        Assert.Equal(2.75, advantages.State.Tensor.Values[0]); // 0.75 * 2 + 0.25 * 5
        Assert.Equal([-2.75, 0], Subtract(advantages, isFirst: false, 0, 2.75));
    }

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void The_moving_average_has_the_precision_of_the_rewards(Precision precision)
    {
        var advantages = new Advantages(new ReinforceOptions { Decay = 0.75 }, precision);
        Subtract(advantages, isFirst: true, 0.1);
        Assert.Equal(precision, advantages.State.Tensor.Precision);
        Assert.Equal(precision == Precision.Double ? 0.1 : 0.1f, advantages.State.Tensor[0]);
    }

    [Fact]
    public void The_mean_of_the_batch_is_subtracted_from_every_reward()
    {
        var advantages = new Advantages(new ReinforceOptions { ControlVariate = ControlVariate.BatchMean }, Precision.Single);
        Assert.Equal([-3, 0, 3], Subtract(advantages, isFirst: false, 1, 4, 7));
    }

    [Fact]
    public void Every_sample_loses_the_mean_of_the_same_datapoints_other_samples()
    {
        var advantages = new Advantages(new ReinforceOptions { ControlVariate = ControlVariate.LeaveOneOut, Samples = 3 }, Precision.Single);
        // Datapoint 0 has the rewards 1, 2 and 6; datapoint 1 has 10, 30 and 20.
        Assert.Equal([-3, -15, -1.5, 15, 4.5, 0], Subtract(advantages, isFirst: true, 1, 10, 2, 30, 6, 20));
    }

    private static double[] Subtract(Advantages advantages, bool isFirst, params double[] rewards)
    {
        advantages.Subtract(rewards, isFirst);
        return rewards;
    }
}
