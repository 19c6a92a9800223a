namespace ModularNetworks.Experiments;

/// <summary>The intervals at which a run writes metrics, measures, and leaves checkpoints, in gradient steps.</summary>
public sealed record IntervalSettings : OptionGroup
{
    /// <summary>Gradient steps between two lines of metrics.</summary>
    public long LogEvery { get; init; }

    /// <summary>Gradient steps between two measurements on held-out data.</summary>
    public long EvaluateEvery { get; init; }

    /// <summary>Gradient steps between two checkpoints.</summary>
    public long CheckpointEvery { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        RequireAtLeastOne("logEvery", LogEvery);
        RequireAtLeastOne("evaluateEvery", EvaluateEvery);
        RequireAtLeastOne("checkpointEvery", CheckpointEvery);
    }
}
