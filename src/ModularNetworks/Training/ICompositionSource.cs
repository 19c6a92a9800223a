using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Says which compositions a*, found by E-steps, the datapoints of a mini-batch have.</summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public interface ICompositionSource<in TBatch>
{
    /// <summary>The compositions of a mini-batch, until the tape's next reset.</summary>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="datapoints">The numbers of the datapoints, <c>[batch]</c>.</param>
    /// <param name="batch">The same datapoints' inputs and targets.</param>
    /// <returns><c>[batch, picks]</c>.</returns>
    IndexTensor Load(Tape tape, ReadOnlySpan<int> datapoints, TBatch batch);
}
