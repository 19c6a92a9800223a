namespace ModularNetworks;

/// <summary>Training by REINFORCE (<see cref="Reinforce{TBatch}"/>).</summary>
public sealed record ReinforceMethod : TrainingMethod
{
    /// <summary>The method's options.</summary>
    public ReinforceOptions Options { get; init; } = new();

    /// <inheritdoc/>
    public override ITrainer CreateTrainer<TBatch>(TrainingParts<TBatch> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return new Reinforce<TBatch>(
            parts.Network, parts.Data, parts.Optimizer, parts.Tape, parts.Key, Options with { BatchSize = parts.BatchSize });
    }
}
