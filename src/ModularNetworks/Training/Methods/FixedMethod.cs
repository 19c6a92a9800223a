namespace ModularNetworks;

/// <summary>Training without a choice (<see cref="FixedModules{TBatch}"/>): the non-modular baseline, or modules that another rule takes for good.</summary>
public sealed record FixedMethod : TrainingMethod
{
    /// <summary>Selects the modules, such as an <see cref="AssignedSelection"/>; null for modules 0 to K - 1.</summary>
    public SelectionRule? Selection { get; init; }

    /// <inheritdoc/>
    public override SelectionRule Rule => Selection ?? new FixedSelection();

    /// <inheritdoc/>
    public override ITrainer CreateTrainer<TBatch>(TrainingParts<TBatch> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return new FixedModules<TBatch>(parts.Network, parts.Data, parts.Optimizer, parts.Tape, parts.Key, parts.BatchSize, Selection);
    }
}
