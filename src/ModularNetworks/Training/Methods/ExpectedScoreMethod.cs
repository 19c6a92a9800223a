namespace ModularNetworks;

/// <summary>Training by expected scores (<see cref="ExpectedScore{TBatch}"/>).</summary>
public sealed record ExpectedScoreMethod : TrainingMethod
{
    /// <summary>The method's options.</summary>
    public ExpectedScoreOptions Options { get; init; } = new();

    /// <inheritdoc/>
    public override ITrainer CreateTrainer<TBatch>(TrainingParts<TBatch> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return new ExpectedScore<TBatch>(
            parts.Network, parts.Data, parts.Optimizer, parts.Tape, parts.Key, Options with { BatchSize = parts.BatchSize });
    }
}
