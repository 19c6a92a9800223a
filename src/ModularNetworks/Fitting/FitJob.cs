using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>A training that is to be done.</summary>
/// <param name="Network">Is trained.</param>
/// <param name="Data">The training set.</param>
/// <param name="Device">Computes.</param>
/// <param name="Key">Decides compositions, mini-batches and samples.</param>
internal sealed record FitJob<TBatch>(ModularNetwork<TBatch> Network, ITrainingSet<TBatch> Data, Device Device, RandomKey Key)
{
    /// <summary>Selects the modules that the compositions of EM begin with; null for uniform draws.</summary>
    public SelectionRule? Start { get; init; }

    /// <summary>The number of steps if the options do not say; null for the usual number.</summary>
    public long? DefaultSteps { get; init; }

    /// <summary>The number of parts of a datapoint that the loss is told for.</summary>
    public int Units { get; init; } = 1;

    /// <summary>
    /// What is added to the loss of each datapoint: the logarithm of the deviation that targets were divided by, so that the loss is that of targets in
    /// their own units, as the loss on validation data is.
    /// </summary>
    public double LossOffset { get; init; }

    /// <summary>Tells the data from others; empty if it is not known.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>What progress lines begin with.</summary>
    public string Label { get; init; } = "";
}
