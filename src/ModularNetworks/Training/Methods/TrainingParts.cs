using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The parts that a <see cref="TrainingMethod"/> makes a trainer of.</summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
/// <param name="Network">Is trained.</param>
/// <param name="Data">The training set.</param>
/// <param name="Optimizer">Takes the gradient steps, for all parameters of the network.</param>
/// <param name="Tape">Records the operations.</param>
/// <param name="Key">Decides compositions, mini-batches and samples.</param>
public sealed record TrainingParts<TBatch>(
    ModularNetwork<TBatch> Network, ITrainingSet<TBatch> Data, Optimizer Optimizer, Tape Tape, RandomKey Key)
{
    /// <summary>The number of datapoints in a mini-batch; it replaces that of the method's options.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Selects the modules that EM's compositions begin with; null for uniform draws.</summary>
    public SelectionRule? Start { get; init; }
}
