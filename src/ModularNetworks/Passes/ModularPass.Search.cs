using ModularNetworks.Engine;

namespace ModularNetworks;

/// <content>What a search for good compositions asks of a pass beside the network's output.</content>
public sealed partial class ModularPass
{
    private readonly List<LayerLogits> _logits = [];

    /// <summary>Whether every row's selections are settled before its layers run: given, or the same for all.</summary>
    public bool IsSettled => IsFixed || (_given is not null && _given.Shape[0] == Rows);

    /// <summary>
    /// Begins single time steps of a <see cref="RecurrentNetwork{TBatch}"/>, whose caller carries the states and selects
    /// the modules.
    /// </summary>
    /// <param name="batchSize">The number of datapoints.</param>
    /// <param name="candidates">How many states each datapoint has.</param>
    public void BeginSteps(int batchSize, int candidates) => Begin(batchSize, candidates);

    /// <summary>The part of one time step.</summary>
    /// <param name="items"><c>[steps * batch]</c>, time-major.</param>
    /// <param name="step">The time step, from 0.</param>
    /// <returns><c>[batch]</c>.</returns>
    public IndexTensor OfStep(IndexTensor items, int step)
    {
        ArgumentNullException.ThrowIfNull(items);
        var part = Tape.RentIndices(new Shape(BatchSize));
        items.Values.Slice(step * BatchSize, BatchSize).CopyTo(part.Values);
        return part;
    }

    /// <summary>The logits from which one selection of a composition was to be chosen.</summary>
    /// <param name="pick">Where the selection starts in a composition.</param>
    /// <returns><c>[rows, K, modules]</c>.</returns>
    /// <exception cref="ShapeException">The network that was run with given compositions has no such selection.</exception>
    internal Tensor LogitsAt(int pick)
    {
        foreach (var (logits, steps, firstPick) in _logits)
        {
            int picks = logits.Picks, rows = logits.Rows / steps;
            if (pick >= firstPick && pick < firstPick + (steps * picks))
                return ForCandidates(logits.RowRange(Tape, (pick - firstPick) / picks * rows, rows).OfAllModules(Tape));
        }
        throw new ShapeException(
            $"ModularPass: the network selected {_nextPick} modules for each datapoint and tells no distribution for pick "
            + $"{pick}. Check that its layout names only the modular layers that run.");
    }

    private readonly record struct LayerLogits(SelectionLogits Logits, int Steps, int FirstPick);
}
