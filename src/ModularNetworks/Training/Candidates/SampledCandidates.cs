using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>S compositions sampled from the controllers for every datapoint (Eq. 11), selected while the network runs.</summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
/// <param name="samples">S.</param>
public sealed class SampledCandidates<TBatch>(int samples) : CandidateStrategy<TBatch>
{
    private readonly CandidateSelection _rule = new(IndexTensor.Allocate(new Shape(0, 0)), samples, default);

    /// <inheritdoc/>
    public override SelectionRule Propose(ForwardPass pass, IndexTensor stored, TBatch batch, RandomKey key) =>
        _rule.Replace(stored, key);
}
