using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Goes through sequences step by step and scores all selections at each step from the states reached so far. Who searches
/// decides with which of them the states go on.
/// </summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
/// <param name="network">Runs the steps.</param>
/// <param name="selections">All selections of one step.</param>
internal sealed class StepSearch<TBatch>(RecurrentNetwork<TBatch> network, AllCompositions selections)
{
    private Tensor? _states;
    private Tensor? _next;
    private int _step;

    /// <summary>Begins before the first step.</summary>
    /// <param name="rows">The rows of the search; its tape is reset after every step.</param>
    /// <param name="batch">The sequences.</param>
    /// <param name="batchSize">The number of sequences.</param>
    public void Begin(SearchRows rows, TBatch batch, int batchSize)
    {
        rows.Begin(batchSize, candidates: 1);
        _step = 0;
        Carry(rows.Tape, network.InitialStates(rows, batch));
    }

    /// <summary>Scores every selection at the next step. Row <c>selection * batch + n</c> belongs to sequence n.</summary>
    /// <param name="rows">The rows of the search.</param>
    /// <param name="batch">The sequences.</param>
    /// <param name="batchSize">The number of sequences.</param>
    /// <returns>The scores, until the states go on.</returns>
    public StepScores Score(SearchRows rows, TBatch batch, int batchSize)
    {
        var tape = rows.Tape;
        rows.Begin(batchSize, candidates: 1);
        var logits = network.SelectionLogits(rows, batch, _step, _states!);
        rows.Begin(batchSize, selections.Count);
        var all = selections.ForAll(tape, batchSize);
        _next = network.NextStates(rows, batch, _step, rows.ForCandidates(_states!), all);
        var logProbability = tape.SumLast(tape.CategoricalLogProbability(rows.ForCandidates(logits.OfAllModules(tape)), all));
        return new StepScores(network.StepLogLikelihood(rows, batch, _step++, _next, all), logProbability, all);
    }

    /// <summary>Goes on to the next step with one selection for each sequence, and frees the memory of this one.</summary>
    /// <param name="tape">The tape of the search.</param>
    /// <param name="taken">The row of each sequence's selection, <c>[batch]</c>.</param>
    public void GoOn(Tape tape, IndexTensor taken) => Carry(tape, tape.Gather(_next!, taken));

    private void Carry(Tape tape, Tensor states)
    {
        if (_states is null || _states.Shape != states.Shape)
            _states = Tensor.Allocate(states.Shape, states.Precision);
        states.CopyTo(_states);
        tape.Reset(recording: false);
    }
}

/// <summary>The scores of all selections at one time step.</summary>
/// <param name="LogLikelihood">log p(y_t|h_t, a_t), <c>[selections * batch]</c> in nats.</param>
/// <param name="LogProbability">log p(a_t|h_{t-1}, x_t), <c>[selections * batch]</c> in nats.</param>
/// <param name="Selections">a_t, <c>[selections * batch, K]</c>.</param>
internal readonly record struct StepScores(Tensor LogLikelihood, Tensor LogProbability, IndexTensor Selections)
{
    /// <summary>The sum of both, <c>[selections * batch]</c>.</summary>
    public Tensor Joint(Tape tape) => tape.Add(LogLikelihood, LogProbability);
}
