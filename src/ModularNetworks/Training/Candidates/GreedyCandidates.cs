using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// One composition for every sequence, made step by step: of all M^K selections the one with the largest
/// <code>log p(y_t|h_t) + log p(a_t|h_{t-1}, x_t)</code>
/// given the state that the steps before have reached; the first of equal ones. For at most 4,096 selections.
/// </summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public sealed class GreedyCandidates<TBatch> : CandidateStrategy<TBatch>
{
    private readonly RecurrentNetwork<TBatch> _network;
    private readonly AllCompositions _selections;
    private readonly GivenSelection _rule = new(IndexTensor.Allocate(new Shape(0, 0)));
    private int[] _compositions = [];
    private Tensor? _states;

    /// <summary>Prepares the search.</summary>
    /// <param name="network">Runs the steps.</param>
    /// <exception cref="ArgumentException">
    /// The network is no <see cref="RecurrentNetwork{TBatch}"/>, or there are more than 4,096 selections.
    /// </exception>
    public GreedyCandidates(ModularNetwork<TBatch> network)
    {
        ArgumentNullException.ThrowIfNull(network);
        _network = network as RecurrentNetwork<TBatch> ?? throw new ArgumentException(
            $"Greedy E-step: {network.GetType().Name} has no time steps to choose modules by, it is not derived from "
            + "RecurrentNetwork. Use sampled, distinct or exhaustive candidates.");
        _selections = new AllCompositions(
            new CompositionLayout(_network.Layer with { Steps = 1 }), "Greedy E-step, selections at one time step");
    }

    /// <inheritdoc/>
    public override SelectionRule Propose(ForwardPass pass, IndexTensor stored, TBatch batch, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(stored);
        int batchSize = stored.Shape[0], count = stored.Values.Length;
        if (_compositions.Length != count)
            _compositions = new int[count];
        var rows = pass.Search;
        rows.Begin(batchSize, candidates: 1);
        var states = Carry(pass.Tape, _network.InitialStates(rows, batch));
        for (int step = 0; step < _network.Layer.Steps; step++)
            states = Carry(pass.Tape, TakeStep(rows, batchSize, batch, step, states));
        var candidates = pass.Tape.RentIndices(new Shape(2 * batchSize, stored.Shape[1]));
        stored.Values.CopyTo(candidates.Values);
        _compositions.CopyTo(candidates.Values[count..]);
        return _rule.Replace(candidates, candidates: 2);
    }

    /// <summary>Tries all selections from every state and returns the states that the best lead to.</summary>
    private Tensor TakeStep(SearchRows rows, int batchSize, TBatch batch, int step, Tensor states)
    {
        var tape = rows.Tape;
        rows.Begin(batchSize, candidates: 1);
        var logits = _network.SelectionLogits(rows, batch, step, states);
        rows.Begin(batchSize, _selections.Count);
        var selections = AllSelections(tape, batchSize);
        var next = _network.NextStates(rows, batch, step, rows.ForCandidates(states), selections);
        var logProbability = tape.SumLast(tape.CategoricalLogProbability(rows.ForCandidates(logits.OfAllModules(tape)), selections));
        var joint = tape.Add(_network.StepLogLikelihood(rows, batch, step, next), logProbability);
        var best = BestRows(tape, joint, batchSize);
        int picks = _network.Layer.Picks, length = _network.Layer.Length;
        for (int n = 0; n < batchSize; n++)
        {
            selections.Values.Slice(best.Values[n] * picks, picks)
                .CopyTo(_compositions.AsSpan((n * length) + (step * picks)));
        }
        return tape.Gather(next, best);
    }

    /// <summary>Every selection for every datapoint, <c>[rows, K]</c>.</summary>
    private IndexTensor AllSelections(Tape tape, int batchSize)
    {
        int picks = _network.Layer.Picks;
        var selections = tape.RentIndices(new Shape(_selections.Count * batchSize, picks));
        for (int row = 0; row < _selections.Count * batchSize; row++)
            _selections.CopyTo(row / batchSize, selections.Values.Slice(row * picks, picks));
        return selections;
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

    /// <summary>Takes the states over to the next step and frees the memory of this one.</summary>
    private Tensor Carry(Tape tape, Tensor states)
    {
        if (_states is null || _states.Shape != states.Shape)
            _states = Tensor.Allocate(states.Shape, states.Precision);
        states.CopyTo(_states);
        tape.Reset(recording: false);
        return _states;
    }
}
