using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The selections of all layers in one run: the modules, log p(a|x, φ), and the logits from which they were chosen. Layers write
/// to the trace in the order in which they run; it is cleared when the next run begins.
/// </summary>
public sealed class SelectionTrace
{
    private readonly ForwardPass _pass;
    private readonly List<LayerSelection> _selections = [];
    private readonly List<LayerLogits> _logits = [];

    internal SelectionTrace(ForwardPass pass) => _pass = pass;

    /// <summary>
    /// log p(a|x, φ), summed over layers, <c>[rows]</c> in nats; null if no controller has selected.
    /// </summary>
    public Tensor? LogProbability { get; private set; }

    /// <summary><see cref="LogProbability"/> of a run that must have one, as EM and REINFORCE need it.</summary>
    /// <exception cref="InvalidOperationException">No controller has selected.</exception>
    public Tensor RequireLogProbability() => LogProbability ?? throw new InvalidOperationException(
        "SelectionTrace: no layer has a controller, so that log p(a|x) is not known. Give the layers controllers, or train with "
        + "FixedModules or NoisyTopK.");

    /// <summary>The weighted balancing losses of mixtures, summed over layers, a scalar; null if there are none.</summary>
    public Tensor? BalancingLoss { get; private set; }

    /// <summary>The number of layers that have selected their modules.</summary>
    public int Layers => _selections.Count;

    /// <summary>The number of modules that every row has selected so far.</summary>
    public int PickCount { get; private set; }

    /// <summary>Notes the distributions of the running layer, before its selection, and shows them to the observer.</summary>
    /// <param name="logits">Of <c>[steps * rows]</c>, or <c>[batch]</c> if all candidates share them; time-major.</param>
    /// <param name="steps">The layer's number of time steps.</param>
    /// <exception cref="ShapeException">There are logits for another number of rows.</exception>
    public void AddLogits(SelectionLogits logits, int steps)
    {
        if (steps < 1 || (logits.Rows != (long)steps * _pass.Rows && logits.Rows != (long)steps * _pass.BatchSize))
        {
            throw new ShapeException(
                $"SelectionTrace: there are logits for {Counted.Of(logits.Rows, "row")}; {Counted.Of(steps, "step")} of {Counted.Of(_pass.BatchSize, "datapoint")} or {_pass.Rows} rows are needed.");
        }
        _logits.Add(new LayerLogits(logits, steps, PickCount));
        _pass.Observer?.Observe(Layers, steps, logits.OfAllModules(_pass.Tape));
    }

    /// <summary>Notes the selection of the running layer, which ends the layer.</summary>
    /// <param name="selection"><c>[steps * rows, K]</c>, time-major.</param>
    /// <param name="steps">The layer's number of time steps.</param>
    /// <param name="shares">The modules' shares of a mixture, <c>[steps * rows, K]</c>; null if modules are selected.</param>
    /// <exception cref="ShapeException">The selection is that of another number of rows.</exception>
    public void AddSelection(IndexTensor selection, int steps, Tensor? shares = null)
    {
        ArgumentNullException.ThrowIfNull(selection);
        if (steps < 1 || selection.Shape.Rank != 2 || selection.Shape[0] != (long)steps * _pass.Rows
            || (shares is not null && shares.Shape != selection.Shape))
        {
            throw new ShapeException(
                $"SelectionTrace: the selection has shape {selection.Shape}, its shares {shares?.Shape.ToString() ?? "none"}; both must be "
                + $"[steps * rows, K] with {Counted.Of(steps, "step")} of {Counted.Of(_pass.Rows, "row")}.");
        }
        _selections.Add(new LayerSelection(selection, steps, shares));
        PickCount += steps * selection.Shape[1];
    }

    /// <summary>Adds log p(a|x, φ) of a layer.</summary>
    /// <param name="logProbability"><c>[rows]</c>, in nats.</param>
    /// <exception cref="ShapeException">It has another shape.</exception>
    public void AddLogProbability(Tensor logProbability)
    {
        ArgumentNullException.ThrowIfNull(logProbability);
        if (logProbability.Shape.Rank != 1 || logProbability.Shape[0] != _pass.Rows)
            throw new ShapeException($"SelectionTrace: log p(a|x) has shape {logProbability.Shape}; it must be [{_pass.Rows}], a number for each row.");
        LogProbability = LogProbability is null ? logProbability : _pass.Tape.Add(LogProbability, logProbability);
    }

    /// <summary>Adds the balancing loss of a layer that mixes its modules.</summary>
    /// <param name="loss">A scalar, already weighted.</param>
    public void AddBalancingLoss(Tensor loss) =>
        BalancingLoss = BalancingLoss is null ? loss : _pass.Tape.Add(BalancingLoss, loss);

    /// <summary>The selection of a layer that has run.</summary>
    /// <param name="layer">The layer's position among those that select modules, from 0, as in the network's layout.</param>
    /// <exception cref="InvalidOperationException">That layer has not run.</exception>
    public LayerSelection SelectionOf(int layer) => (uint)layer < (uint)_selections.Count
        ? _selections[layer]
        : throw new InvalidOperationException(
            $"SelectionTrace: the selection of layer {layer} is asked for when {_selections.Count} layers have run; layers are counted "
            + "from 0 in the order in which they run. Run that layer first.");

    /// <summary>Copies the composition that one row used.</summary>
    /// <param name="row">The row: candidate times batch size plus n.</param>
    /// <param name="picks">Receives the modules of all layers and time steps.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="ShapeException">There is no room for <see cref="PickCount"/> modules.</exception>
    public void CopyComposition(int row, Span<int> picks)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, _pass.Rows);
        if (picks.Length < PickCount)
            throw new ShapeException($"SelectionTrace: there is room for {Counted.Of(picks.Length, "module")}; a composition has {PickCount}.");
        int next = 0;
        foreach (var (selection, steps, _) in _selections)
        {
            int perStep = selection.Shape[1];
            for (int step = 0; step < steps; step++)
            {
                selection.Values.Slice(((step * _pass.Rows) + row) * perStep, perStep).CopyTo(picks[next..]);
                next += perStep;
            }
        }
    }

    /// <summary>The logits from which one selection of a composition was to be chosen.</summary>
    /// <param name="pick">Where the selection starts in a composition.</param>
    /// <returns><c>[rows, K, modules]</c>.</returns>
    /// <exception cref="ShapeException">The network that was run with given compositions has no such selection.</exception>
    public Tensor LogitsAt(int pick)
    {
        foreach (var (logits, steps, firstPick) in _logits)
        {
            int picks = logits.Picks, rows = logits.Rows / steps;
            if (pick < firstPick || pick >= firstPick + (steps * picks))
                continue;
            var ofStep = logits.RowRange(_pass.Tape, (pick - firstPick) / picks * rows, rows);
            return _pass.ForCandidates(ofStep.OfAllModules(_pass.Tape));
        }
        throw new ShapeException(
            $"SelectionTrace: the network selected {Counted.Of(PickCount, "module")} for each datapoint and tells no distribution for pick "
            + $"{pick}. Check that its layout names only the modular layers that run.");
    }

    /// <summary>The distributions of a layer that has a controller, of <c>[steps * rows]</c>, time-major.</summary>
    /// <param name="layer">The layer's position among those that have told their distributions, from 0.</param>
    internal SelectionLogits LogitsOf(int layer) => _logits[layer].Logits;

    /// <summary>Forgets the run before.</summary>
    internal void Clear()
    {
        LogProbability = null;
        BalancingLoss = null;
        PickCount = 0;
        _selections.Clear();
        _logits.Clear();
    }

    private readonly record struct LayerLogits(SelectionLogits Logits, int Steps, int FirstPick);
}
