using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The scores of all selections at every time step of sequences, log p(y_t|h_t), from the states that one composition reaches, and
/// that composition: the most probable one or a sample, found on the way.
/// </summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
internal sealed class ScoredSteps<TBatch>
{
    private readonly LayerLayout _layer;
    private readonly AllCompositions _selections;
    private readonly StepSearch<TBatch> _search;
    private int[] _compositions = [];
    private double[] _scores = [];

    /// <summary>Prepares the search.</summary>
    /// <param name="network">Runs the steps.</param>
    /// <param name="selections">All selections of one step.</param>
    public ScoredSteps(RecurrentNetwork<TBatch> network, AllCompositions selections)
    {
        (_layer, _selections) = (network.Layer, selections);
        _search = new StepSearch<TBatch>(network, selections);
    }

    /// <summary>The composition of each sequence, <c>[batch, picks]</c>.</summary>
    public ReadOnlySpan<int> Compositions => _compositions;

    /// <summary>The scores, <c>[selections, steps * batch]</c>, time-major, in nats.</summary>
    public Span<double> Scores => _scores;

    /// <summary>Goes through the sequences. Resets the tape.</summary>
    /// <param name="rows">The rows of the search.</param>
    /// <param name="batch">The sequences.</param>
    /// <param name="batchSize">The number of sequences.</param>
    /// <param name="sampleKey">Draws the composition; null for the most probable one.</param>
    public void Run(SearchRows rows, TBatch batch, int batchSize, RandomKey? sampleKey)
    {
        if (_compositions.Length != (long)batchSize * _layer.Length)
        {
            _scores = SizedArray.Create<double>("Expected scores, selections of time steps", (long)_selections.Count * _layer.Steps * batchSize);
            _compositions = SizedArray.Create<int>("Expected scores, compositions", (long)batchSize * _layer.Length);
        }
        rows.Tape.Reset(recording: false);
        _search.Begin(rows, batch, batchSize);
        for (int step = 0; step < _layer.Steps; step++)
        {
            var scores = _search.Score(rows, batch, batchSize);
            var taken = Take(rows.Tape, scores.LogProbability, batchSize, sampleKey?.Split((ulong)step));
            Keep(scores, taken, step);
            _search.GoOn(rows.Tape, taken);
        }
    }

    /// <summary>The row of the selection with which each sequence goes on, <c>[batch]</c>.</summary>
    private IndexTensor Take(Tape tape, Tensor logProbability, int batchSize, RandomKey? sampleKey)
    {
        var distributions = tape.Rent(new Shape(batchSize, _selections.Count));
        for (int row = 0; row < logProbability.Shape.Count; row++)
            distributions[((row % batchSize) * _selections.Count) + (row / batchSize)] = logProbability[row];
        var taken = sampleKey is { } key ? tape.SampleCategorical(tape.Categorical(distributions), key) : tape.MostProbable(distributions);
        for (int n = 0; n < batchSize; n++)
            taken.Values[n] = (taken.Values[n] * batchSize) + n;
        return taken;
    }

    private void Keep(StepScores scores, IndexTensor taken, int step)
    {
        int batchSize = taken.Values.Length, picks = _layer.Picks, rows = _layer.Steps * batchSize;
        for (int row = 0; row < scores.LogLikelihood.Shape.Count; row++)
            _scores[(row / batchSize * rows) + (step * batchSize) + (row % batchSize)] = scores.LogLikelihood[row];
        for (int n = 0; n < batchSize; n++)
        {
            var selection = scores.Selections.Values.Slice(taken.Values[n] * picks, picks);
            selection.CopyTo(_compositions.AsSpan((n * _layer.Length) + (step * picks)));
        }
    }
}
