using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// a* of every key, and the sums from which it is chosen. A datapoint's composition is that of its key; in a
/// <see cref="RecurrentNetwork{TBatch}"/> each time step has the selection of its own key.
/// </summary>
/// <remarks>
/// This is incremental EM (Neal and Hinton, 1998) with q(a|x) restricted to q(a|g(x)): what an E-step selects for a key cannot
/// depend on the label of one datapoint.
/// </remarks>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
internal sealed class KeyedCompositions<TBatch> : ICompositionSource<TBatch>
{
    // More sums than this would take more memory than most models.
    private const long MostSums = 20_000_000;

    private readonly IKeyedNetwork<TBatch> _network;
    private readonly CompositionLayout _layout;
    private readonly int _steps;
    private readonly Tensor _stored;
    private readonly LinearController[] _tables;
    private readonly int[] _old;
    private readonly int[] _new;

    /// <summary>Draws a selection for every key, or takes those of the assignments.</summary>
    /// <param name="network">Knows the keys.</param>
    /// <param name="options">The forgetting factor.</param>
    /// <param name="start">The modules that each key begins with, an assignment for each layer; null for uniform draws.</param>
    /// <param name="key">Decides the draw.</param>
    /// <exception cref="ArgumentException">The network has no keys, too many, or too many selections; or the start does not fit.</exception>
    public KeyedCompositions(ModularNetwork<TBatch> network, KeyedEmOptions options, AssignedSelection? start, RandomKey key)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Forgetting);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Forgetting, 1);
        _network = network as IKeyedNetwork<TBatch> ?? throw new ArgumentException(
            $"EM by key: {network.GetType().Name} tells no keys of its inputs. Implement IKeyedNetwork, or store compositions by datapoint.");
        var recurrent = network as RecurrentNetwork<TBatch>;
        _layout = recurrent is null ? network.Layout : new CompositionLayout(recurrent.Layer with { Steps = 1 });
        _steps = recurrent?.Layer.Steps ?? 1;
        (_old, _new) = (SizedArray.Create<int>("EM by key", _layout.Length), SizedArray.Create<int>("EM by key", _layout.Length));
        _tables = options.ExchangesLogits ? [.. _network.Tables] : [];
        if (options.ExchangesLogits && _tables.Length != _layout.Layers.Count)
            throw new ArgumentException("EM by key: only controllers with a table by these keys can exchange logits; give each layer such a controller.");
        Selections = new AllCompositions(_layout, "EM by key, selections of a key");
        long sums = (long)_network.InputKeys * Selections.Count;
        if (sums > MostSums)
        {
            throw new ArgumentException(
                $"EM by key: {Counted.Of(_network.InputKeys, "key")} with {Selections.Count} selections each need {sums} sums; at most {MostSums} are kept. "
                + "Take coarser keys or fewer modules.");
        }
        _stored = Tensor.Allocate(new Shape(_network.InputKeys));
        Sums = new KeyedSums(_network.InputKeys, Selections.Count, options.Forgetting, options.Evidence);
        Begin(start, new CompositionStore(_layout, _network.InputKeys, key));
    }

    /// <summary>The selections that a key may have, by number.</summary>
    public AllCompositions Selections { get; }

    /// <summary>The sums from which E-steps choose.</summary>
    public KeyedSums Sums { get; }

    /// <summary>The assignment and the sums, to be saved and restored.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> State => [("keyed.selections", _stored), ("keyed.sums", Sums.Values)];

    /// <summary>The number of a key's selection.</summary>
    public int this[int key] => (int)_stored.Values[key];

    /// <summary>The keys of a mini-batch, <c>[steps * batch]</c>, checked.</summary>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="batch">The datapoints.</param>
    /// <param name="batchSize">The number of datapoints.</param>
    public IndexTensor KeysOf(Tape tape, TBatch batch, int batchSize)
    {
        var keys = _network.KeysOf(tape, batch, batchSize);
        if (keys.Shape.Count != _steps * batchSize)
            throw new ShapeException($"EM by key: the network tells {Counted.Of(keys.Shape.Count, "key")} of {Counted.Of(batchSize, "datapoint")} with {_steps} time steps; tell one for each step.");
        foreach (int key in keys.Values)
        {
            if ((uint)key >= (uint)_network.InputKeys)
                throw new ArgumentException($"EM by key: the network tells key {key}; its keys are 0 to {_network.InputKeys - 1}.");
        }
        return keys;
    }

    /// <inheritdoc/>
    public IndexTensor Load(Tape tape, ReadOnlySpan<int> datapoints, TBatch batch)
    {
        int batchSize = datapoints.Length, picks = _layout.Length;
        var keys = KeysOf(tape, batch, batchSize).Values;
        var compositions = tape.RentIndices(new Shape(batchSize, _steps * picks));
        for (int row = 0; row < keys.Length; row++)
        {
            (int step, int n) = Math.DivRem(row, batchSize);
            Selections.CopyTo(this[keys[row]], compositions.Values.Slice(((n * _steps) + step) * picks, picks));
        }
        return compositions;
    }

    /// <summary>Adds the scores of all selections for some datapoints, or for one time step of them.</summary>
    /// <param name="keys">The keys of the datapoints, <c>[batch]</c>.</param>
    /// <param name="logLikelihood">log p(y|x, a, θ), <c>[selections * batch]</c>.</param>
    /// <param name="logProbability">log p(a|x, φ), <c>[selections * batch]</c>.</param>
    public void Add(ReadOnlySpan<int> keys, Tensor logLikelihood, Tensor logProbability)
    {
        for (int n = 0; n < keys.Length; n++)
        {
            int stored = this[keys[n]];
            for (int selection = 0; selection < Selections.Count; selection++)
            {
                // Once logits are exchanged, a new selection is as probable as the stored one is now.
                int selected = _tables.Length > 0 ? stored : selection;
                double score = logLikelihood[(selection * keys.Length) + n] + logProbability[(selected * keys.Length) + n];
                Sums.Add(keys[n], selection, score);
            }
        }
    }

    /// <summary>Makes a* of each key that was added to the sums its best selection; ties keep what is stored.</summary>
    /// <param name="datapoints">The number of datapoints that were added.</param>
    public EStepResult Update(int datapoints)
    {
        int seen = 0, changed = 0;
        double joint = 0;
        for (int key = 0; key < Sums.Keys; key++)
        {
            var (best, score) = Sums.Update(key, this[key]);
            seen += Sums.IsSeen(key) ? 1 : 0;
            joint += score;
            if (best == this[key])
                continue;
            changed++;
            Exchange(key, best);
            _stored.Values[key] = best;
        }
        Sums.Clear();
        return new EStepResult(joint / datapoints, (double)changed / seen);
    }

    private void Exchange(int key, int selection)
    {
        Selections.CopyTo(this[key], _old);
        Selections.CopyTo(selection, _new);
        for (int layer = 0; layer < _tables.Length; layer++)
        {
            int start = _layout.OffsetOf(layer), picks = _layout.Layers[layer].Picks;
            _tables[layer].Exchange(key, _old.AsSpan(start, picks), _new.AsSpan(start, picks));
        }
    }

    private void Begin(AssignedSelection? start, CompositionStore drawn)
    {
        int[] picks = SizedArray.Create<int>("EM by key", _layout.Length);
        for (int key = 0; key < drawn.Count; key++)
        {
            drawn.CopyTo(picks, [key]);
            int pick = 0;
            for (int layer = 0; layer < _layout.Layers.Count && start is not null; layer++)
            {
                var assigned = start.AssignmentOf(layer);
                RequireFits(assigned, _layout.Layers[layer]);
                for (int i = 0; i < _layout.Layers[layer].Length; i++)
                    picks[pick++] = assigned[key, i % assigned.Picks];
            }
            _stored.Values[key] = Selections.IndexOf(picks);
        }
    }

    private void RequireFits(ModuleAssignment assigned, LayerLayout layer)
    {
        if ((assigned.InputKeys, assigned.Modules, assigned.Picks) != (_network.InputKeys, layer.Modules, layer.Picks))
        {
            throw new ArgumentException(
                $"EM by key: {assigned.InputKeys} keys begin with {assigned.Picks} of {Counted.Of(assigned.Modules, "module")}; layer {layer.Name} uses "
                + $"{layer.Picks} of {layer.Modules} for {Counted.Of(_network.InputKeys, "key")}.");
        }
    }
}
