namespace ModularNetworks;

/// <summary>
/// The control variate that <see cref="Reinforce{TBatch}"/> subtracts from every datapoint's reward log p(y|x, a). It lowers the variance of
/// the controller's gradient; since it does not depend on the datapoint's own selection, it leaves its mean as it is.
/// </summary>
public enum ControlVariate
{
    /// <summary>
    /// An exponential moving average of the mean rewards of earlier mini-batches: the paper's (section 3.2). The first
    /// mini-batch takes its own mean.
    /// </summary>
    MovingAverage,

    /// <summary>
    /// The mean of the mini-batch's rewards. A datapoint's own reward is part of it, which scales the gradient by
    /// (n - 1) / n for n rows.
    /// </summary>
    BatchMean,

    /// <summary>
    /// For every sample the mean reward of the same datapoint's other samples (Kool, van Hoof, Welling, 2019); needs two
    /// samples or more for each datapoint.
    /// </summary>
    LeaveOneOut,
}
