using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The E-step of EM by key: scores all selections for every datapoint of a mini-batch, adds the scores up by key, and keeps the
/// best selection of each key,
/// <code>a*[g] = argmax over a of the sum over datapoints n with g(x_n) = g of log p(y_n|x_n, a, θ) + log p(a|x_n, φ)</code>
/// In a <see cref="RecurrentNetwork{TBatch}"/> every time step has a key. There the scores are those of one step,
/// log p(y_t|h_t, a_t) + log p(a_t|h_{t-1}, x_t), from the state that the stored selections have reached.
/// </summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
internal sealed class KeyedEStep<TBatch> : IEStep<TBatch>
{
    private readonly ModularNetwork<TBatch> _network;
    private readonly KeyedCompositions<TBatch> _compositions;
    private readonly ForwardPass _pass;
    private readonly StepSearch<TBatch>? _search;
    private readonly GivenSelection _all = new(IndexTensor.Allocate(new Shape(0, 0)));
    private int[] _keys = [];

    /// <summary>Prepares E-steps.</summary>
    /// <param name="network">Scores the selections.</param>
    /// <param name="compositions">Holds a* of all keys.</param>
    /// <param name="tape">Lends the memory.</param>
    public KeyedEStep(ModularNetwork<TBatch> network, KeyedCompositions<TBatch> compositions, Tape tape)
    {
        (_network, _compositions, _pass) = (network, compositions, new ForwardPass(tape));
        if (network is RecurrentNetwork<TBatch> recurrent)
            _search = new StepSearch<TBatch>(recurrent, compositions.Selections);
    }

    /// <inheritdoc/>
    public EStepResult Run(ReadOnlySpan<int> datapoints, TBatch batch, RandomKey key)
    {
        _pass.Tape.Reset(recording: false);
        var keys = _compositions.KeysOf(_pass.Tape, batch, datapoints.Length).Values;
        if (_keys.Length != keys.Length)
            _keys = SizedArray.Create<int>("EM by key", keys.Length);
        keys.CopyTo(_keys); // The search resets the tape.
        if (_search is null)
            ScoreCompositions(batch, datapoints.Length);
        else
            ScoreSteps(_search, batch, datapoints.Length);
        return _compositions.Update(datapoints.Length);
    }

    private void ScoreCompositions(TBatch batch, int batchSize)
    {
        var all = _compositions.Selections.ForAll(_pass.Tape, batchSize);
        _pass.Begin(_all.Replace(all, _compositions.Selections.Count), batchSize);
        var logLikelihood = _network.LogLikelihood(_pass, batch);
        _pass.RequireComplete();
        _compositions.Add(_keys, logLikelihood, _pass.Trace.RequireLogProbability());
    }

    private void ScoreSteps(StepSearch<TBatch> search, TBatch batch, int batchSize)
    {
        var (rows, tape) = (_pass.Search, _pass.Tape);
        search.Begin(rows, batch, batchSize);
        for (int first = 0; first < _keys.Length; first += batchSize)
        {
            var keys = _keys.AsSpan(first, batchSize);
            var scores = search.Score(rows, batch, batchSize);
            _compositions.Add(keys, scores.LogLikelihood, scores.LogProbability);
            var stored = tape.RentIndices(new Shape(batchSize));
            for (int n = 0; n < batchSize; n++)
                stored.Values[n] = (_compositions[keys[n]] * batchSize) + n;
            search.GoOn(tape, stored);
        }
    }
}
