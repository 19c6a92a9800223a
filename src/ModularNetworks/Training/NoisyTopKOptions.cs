namespace ModularNetworks;

/// <summary>How noisy top-k gating is trained. The defaults are the paper's: k = 4, no balancing losses.</summary>
public sealed record NoisyTopKOptions
{
    /// <summary>The number of datapoints in a mini-batch; all datapoints if there are fewer.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>k, the number of modules that are mixed; all modules if there are fewer.</summary>
    public int MixedModules { get; init; } = 4;

    /// <summary>The shares of the modules; recurrent layers have those of the mixed modules only.</summary>
    public MixtureShares Shares { get; init; }

    /// <summary>The weight of the importance loss, in nats per datapoint; 0 for none.</summary>
    public double ImportanceLoss { get; init; }

    /// <summary>The weight of the load loss, in nats per datapoint; 0 for none.</summary>
    public double LoadLoss { get; init; }
}
