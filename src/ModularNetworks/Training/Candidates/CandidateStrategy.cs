using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Which compositions an E-step tries beside the stored ones.</summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public abstract class CandidateStrategy<TBatch>
{
    /// <summary>
    /// Begins a pass in which candidate 0 of every datapoint is its stored composition, so that it can be kept. May reset
    /// the pass's tape.
    /// </summary>
    /// <param name="pass">Is begun.</param>
    /// <param name="stored">a*, <c>[batch, picks]</c>, not part of the tape.</param>
    /// <param name="batch">The datapoints.</param>
    /// <param name="key">Decides what is drawn.</param>
    public abstract void Begin(ModularPass pass, IndexTensor stored, TBatch batch, RandomKey key);
}
