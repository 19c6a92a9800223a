using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// One composition for every sequence, made step by step: of all M^K selections the one with the largest
/// <code>log p(y_t|h_t, a_t) + log p(a_t|h_{t-1}, x_t)</code>
/// given the state that the steps before have reached; the first of equal ones. For at most 4,096 selections.
/// </summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public sealed class GreedyCandidates<TBatch> : CandidateStrategy<TBatch>
{
    private readonly LayerLayout _layer;
    private readonly CompositionLayout _layout;
    private readonly StepSearch<TBatch> _search;
    private readonly GivenSelection _rule = new(IndexTensor.Allocate(new Shape(0, 0)));
    private int[] _compositions = [];

    /// <summary>Prepares the search.</summary>
    /// <param name="network">Runs the steps.</param>
    /// <exception cref="ArgumentException">
    /// The network is no <see cref="RecurrentNetwork{TBatch}"/>, or there are more than 4,096 selections.
    /// </exception>
    public GreedyCandidates(ModularNetwork<TBatch> network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var recurrent = network as RecurrentNetwork<TBatch> ?? throw new ArgumentException(
            $"Greedy E-step: {network.GetType().Name} has no time steps to choose modules by, it is not derived from "
            + "RecurrentNetwork. Use sampled, distinct or exhaustive candidates.");
        (_layer, _layout) = (recurrent.Layer, recurrent.Layout);
        var selections = new AllCompositions(new CompositionLayout(_layer with { Steps = 1 }), "Greedy E-step, selections at one time step");
        _search = new StepSearch<TBatch>(recurrent, selections);
    }

    /// <inheritdoc/>
    public override SelectionRule Propose(ForwardPass pass, IndexTensor stored, TBatch batch, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(stored);
        CompositionCheck.Require("Greedy E-step", _layout, stored);
        int batchSize = stored.Shape[0], count = stored.Values.Length;
        if (_compositions.Length != count)
            _compositions = SizedArray.Create<int>("Greedy E-step", count);
        _search.Begin(pass.Search, batch, batchSize);
        for (int step = 0; step < _layer.Steps; step++)
            TakeStep(pass.Search, batch, batchSize, step);
        var candidates = pass.Tape.RentIndices(new Shape(Sizes.Product("Greedy E-step", 2, batchSize), stored.Shape[1]));
        stored.Values.CopyTo(candidates.Values);
        _compositions.CopyTo(candidates.Values[count..]);
        return _rule.Replace(candidates, candidates: 2);
    }

    /// <summary>Tries all selections from every state and goes on with the best.</summary>
    private void TakeStep(SearchRows rows, TBatch batch, int batchSize, int step)
    {
        var scores = _search.Score(rows, batch, batchSize);
        var best = BestRows(rows.Tape, scores.Joint(rows.Tape), batchSize);
        int picks = _layer.Picks, length = _layer.Length;
        for (int n = 0; n < batchSize; n++)
        {
            scores.Selections.Values.Slice(best.Values[n] * picks, picks)
                .CopyTo(_compositions.AsSpan((n * length) + (step * picks)));
        }
        _search.GoOn(rows.Tape, best);
    }

    /// <summary>The row of each datapoint's best selection, <c>[batch]</c>.</summary>
    private static IndexTensor BestRows(Tape tape, Tensor joint, int batchSize)
    {
        var best = tape.RentIndices(new Shape(batchSize));
        for (int n = 0; n < batchSize; n++)
        {
            best.Values[n] = n;
            for (int row = n + batchSize; row < joint.Shape.Count; row += batchSize)
            {
                if (joint[row] > joint[best.Values[n]])
                    best.Values[n] = row;
            }
        }
        return best;
    }
}
