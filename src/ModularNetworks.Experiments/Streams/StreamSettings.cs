namespace ModularNetworks.Experiments;

/// <summary>How EM learns a stream of tasks (<see cref="StreamEmOptions"/>).</summary>
public sealed record StreamSettings : OptionGroup
{
    private static readonly StreamEmOptions Usual = new() { Tasks = 1, StepsPerTask = 1 };

    /// <summary>The share of a task's steps in which pairs of modules are tried out.</summary>
    public double WarmUp { get; init; } = Usual.WarmUp;

    /// <summary>The number of mini-batches over which an E-step sums scores.</summary>
    public int EStepBatches { get; init; } = Usual.EStepBatches;

    /// <summary>The least gain of a new module, in nats per datapoint.</summary>
    public double NewModuleCost { get; init; } = Usual.NewModuleCost;

    /// <inheritdoc/>
    public override void Validate()
    {
        Require(WarmUp is >= 0 and <= 1, "warmUp", WarmUp, "from 0 to 1");
        RequireAtLeastOne("eStepBatches", EStepBatches);
        RequireAtLeastZero("newModuleCost", NewModuleCost);
    }
}
