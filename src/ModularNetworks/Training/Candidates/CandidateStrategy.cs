using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Finds the compositions that an E-step tries beside the stored ones. Derive from this class for a search of your own and
/// give it to <see cref="ViterbiEm{TBatch}"/>.
/// </summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public abstract class CandidateStrategy<TBatch>
{
    /// <summary>
    /// Makes the rule by which the E-step runs the network. Candidate 0 of every datapoint must be its stored composition, so
    /// that it can be kept.
    /// </summary>
    /// <param name="pass">For runs of the search; its tape may be reset.</param>
    /// <param name="stored">a*, <c>[batch, picks]</c>, not part of the tape.</param>
    /// <param name="batch">The datapoints.</param>
    /// <param name="key">Decides what is drawn.</param>
    /// <returns>The rule, valid until the next call.</returns>
    public abstract SelectionRule Propose(ForwardPass pass, IndexTensor stored, TBatch batch, RandomKey key);
}
