using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Every datapoint has its own composition, which is stored under its number.</summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
/// <param name="store">Holds a* of all datapoints.</param>
public sealed class StoredCompositions<TBatch>(CompositionStore store) : ICompositionSource<TBatch>
{
    /// <inheritdoc/>
    public IndexTensor Load(Tape tape, ReadOnlySpan<int> datapoints, TBatch batch) => store.Load(tape, datapoints);
}
