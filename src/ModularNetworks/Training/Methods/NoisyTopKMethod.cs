namespace ModularNetworks;

/// <summary>Training by noisy top-k gating (<see cref="NoisyTopK{TBatch}"/>), which mixes modules instead of selecting them.</summary>
public sealed record NoisyTopKMethod : TrainingMethod
{
    /// <summary>The method's options.</summary>
    public NoisyTopKOptions Options { get; init; } = new();

    /// <inheritdoc/>
    public override SelectionRule Rule => new MixtureSelection(Options.MixedModules, shares: Options.Shares);

    /// <inheritdoc/>
    public override ITrainer CreateTrainer<TBatch>(TrainingParts<TBatch> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return new NoisyTopK<TBatch>(
            parts.Network, parts.Data, parts.Optimizer, parts.Tape, parts.Key, Options with { BatchSize = parts.BatchSize });
    }
}
