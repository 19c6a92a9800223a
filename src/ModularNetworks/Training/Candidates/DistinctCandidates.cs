using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// S different compositions for every datapoint, drawn without replacement from p(a|x, φ); all of them if there are no
/// more than S. They are drawn before the network is run with them.
/// </summary>
/// <remarks>
/// The selections before a layer decide the distribution of the next. A <see cref="RecurrentNetwork{TBatch}"/> carries the
/// states of the beginnings from step to step; any other network runs with the beginnings once for each layer and step.
/// </remarks>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public sealed class DistinctCandidates<TBatch> : CandidateStrategy<TBatch>
{
    private readonly ModularNetwork<TBatch> _network;
    private readonly StochasticBeams _beams;
    private readonly GivenSelection _rule = new(IndexTensor.Allocate(new Shape(0, 0)));

    /// <summary>Prepares the search.</summary>
    /// <param name="network">Has the controllers.</param>
    /// <param name="samples">S, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">S is less than 1.</exception>
    public DistinctCandidates(ModularNetwork<TBatch> network, int samples)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        _network = network;
        _beams = new StochasticBeams(network.Layout, samples);
    }

    /// <inheritdoc/>
    public override SelectionRule Propose(ForwardPass pass, IndexTensor stored, TBatch batch, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(stored);
        CompositionCheck.Require("Distinct E-step", _network.Layout, stored);
        _beams.Begin(stored.Shape[0]);
        if (_network is RecurrentNetwork<TBatch> recurrent)
            SearchSteps(recurrent, pass.Search, stored.Shape[0], batch, key);
        else
            SearchLayers(pass, stored.Shape[0], batch, key);
        pass.Tape.Reset(recording: false);
        var candidates = pass.Tape.RentIndices(new Shape(Sizes.Product("Distinct E-step", _beams.Width + 1, stored.Shape[0]), stored.Shape[1]));
        stored.Values.CopyTo(candidates.Values);
        _beams.CopyTo(candidates.Values[stored.Values.Length..]);
        return _rule.Replace(candidates, _beams.Width + 1);
    }

    private void SearchSteps(RecurrentNetwork<TBatch> network, SearchRows rows, int batchSize, TBatch batch, RandomKey key)
    {
        var (tape, layer) = (rows.Tape, network.Layer);
        rows.Begin(batchSize, candidates: 1);
        var states = network.InitialStates(rows, batch);
        for (int step = 0; step < layer.Steps; step++)
        {
            _beams.Extend(tape, network.SelectionLogits(rows, batch, step, states).OfAllModules(tape), key);
            states = tape.Gather(states, _beams.Parents(tape));
            rows.Begin(batchSize, _beams.Width);
            states = network.NextStates(rows, batch, step, states, _beams.LastPicks(tape, layer.Picks));
        }
    }

    private void SearchLayers(ForwardPass pass, int batchSize, TBatch batch, RandomKey key)
    {
        for (int layer = 0; layer < _network.Layout.Layers.Count; layer++)
        {
            var (_, _, picks, steps) = _network.Layout.Layers[layer];
            for (int step = 0; step < steps; step++)
            {
                pass.Tape.Reset(recording: false);
                var compositions = pass.Tape.RentIndices(new Shape(_beams.Width * batchSize, _network.Layout.Length));
                _beams.CopyTo(compositions.Values); // What stands in for later picks does not matter before them.
                pass.Begin(_rule.Replace(compositions, _beams.Width), batchSize);
                _network.LogLikelihood(pass, batch);
                _beams.Extend(pass.Tape, pass.Trace.LogitsAt(_network.Layout.OffsetOf(layer) + (step * picks)), key);
            }
        }
    }
}
