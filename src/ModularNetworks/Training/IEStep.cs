using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Updates a* by a mini-batch.</summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
internal interface IEStep<in TBatch>
{
    /// <summary>Takes the step.</summary>
    /// <param name="datapoints">The numbers of the datapoints, <c>[batch]</c>.</param>
    /// <param name="batch">The same datapoints' inputs and targets.</param>
    /// <param name="key">Decides what is sampled.</param>
    EStepResult Run(ReadOnlySpan<int> datapoints, TBatch batch, RandomKey key);
}
