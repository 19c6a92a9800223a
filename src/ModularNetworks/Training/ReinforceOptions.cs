namespace ModularNetworks;

/// <summary>Sizes of training by REINFORCE. The defaults are the paper's: one sample, a moving average, no regularisation.</summary>
public sealed record ReinforceOptions
{
    /// <summary>The number of datapoints in a mini-batch; all datapoints if there are fewer.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>The number of compositions sampled for each datapoint in a step.</summary>
    public int Samples { get; init; } = 1;

    /// <summary>The control variate that is subtracted from the rewards.</summary>
    public ControlVariate ControlVariate { get; init; }

    /// <summary>The weight of the past in the moving average, from 0 to 1.</summary>
    public double Decay { get; init; } = 0.99;

    /// <summary>
    /// Whether the gradient of log p(a|x, φ) changes the controllers alone, and the modules learn from Eq. 14 only.
    /// </summary>
    public bool DetachedControllers { get; init; }
}
