using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>All compositions, so that the E-step is the exact one (Eq. 10). For at most 4,096 of them.</summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public sealed class ExhaustiveCandidates<TBatch> : CandidateStrategy<TBatch>
{
    private readonly AllCompositions _all;
    private readonly CompositionLayout _layout;
    private readonly GivenSelection _rule = new(IndexTensor.Allocate(new Shape(0, 0)));

    /// <summary>Prepares the search.</summary>
    /// <param name="layout">How the network's compositions are laid out.</param>
    /// <exception cref="ArgumentException">There are more than 4,096 compositions.</exception>
    public ExhaustiveCandidates(CompositionLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        _layout = layout;
        _all = new AllCompositions(layout, "Exhaustive E-step, compositions");
    }

    /// <inheritdoc/>
    public override SelectionRule Propose(ForwardPass pass, IndexTensor stored, TBatch batch, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(stored);
        CompositionCheck.Require("Exhaustive E-step", _layout, stored);
        int batchSize = stored.Shape[0], length = stored.Shape[1];
        var candidates = _all.ForAll(pass.Tape, batchSize);
        var picks = candidates.Values;
        for (int n = 0; n < batchSize; n++)
        {
            // The stored composition and number 0 change places.
            var composition = stored.Values.Slice(n * length, length);
            int row = (_all.IndexOf(composition) * batchSize) + n;
            picks.Slice(n * length, length).CopyTo(picks[(row * length)..]);
            composition.CopyTo(picks[(n * length)..]);
        }
        return _rule.Replace(candidates, _all.Count);
    }
}
