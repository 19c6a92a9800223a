namespace ModularNetworks.Experiments;

/// <summary>Options of REINFORCE.</summary>
public sealed record ReinforceSettings : OptionGroup
{
    /// <summary>The number that REINFORCE subtracts from the rewards.</summary>
    public ControlVariate ControlVariate { get; init; }

    /// <summary>The weight of the past in the moving average of rewards.</summary>
    public double ControlVariateDecay { get; init; } = 0.99;

    /// <summary>The number of compositions sampled for each datapoint.</summary>
    public int RewardSamples { get; init; } = 1;

    /// <inheritdoc/>
    public override void Validate()
    {
        RequireAtLeastOne("rewardSamples", RewardSamples);
        Require(
            ControlVariate != ControlVariate.LeaveOneOut || RewardSamples >= 2,
            "rewardSamples", RewardSamples, "at least 2 with controlVariate=leaveOneOut");
        Require(ControlVariateDecay is >= 0 and <= 1, "controlVariateDecay", ControlVariateDecay, "from 0 to 1");
    }
}
