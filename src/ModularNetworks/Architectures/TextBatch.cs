using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Windows of text. Rows are time-major: row <c>t * batch + b</c>.</summary>
/// <param name="Inputs">The words, <c>[steps * batch]</c>.</param>
/// <param name="Targets">The words after them, <c>[steps * batch]</c>.</param>
/// <param name="Carried">
/// The states before the first words, <c>[batch, hidden]</c>, in whose place a gradient step leaves the states after the
/// last ones; null if every window starts from zero.
/// </param>
/// <param name="Before">The words before the first ones, <c>[batch]</c>; null if nothing is known of them.</param>
public sealed record TextBatch(IndexTensor Inputs, IndexTensor Targets, Tensor? Carried = null, IndexTensor? Before = null)
{
    /// <summary>Demands that the parts fit each other and a run, before anything is computed from them.</summary>
    /// <param name="batchSize">The number of windows in the run.</param>
    /// <param name="hidden">The size of a state.</param>
    /// <exception cref="ShapeException">They do not.</exception>
    internal void Require(int batchSize, int hidden)
    {
        int words = Inputs.Shape.Count;
        bool fits = batchSize >= 1 && words % batchSize == 0 && Targets.Shape.Count == words
            && (Carried is null || Carried.Shape == new Shape(batchSize, hidden))
            && (Before is null || Before.Shape.Count == batchSize);
        if (!fits)
        {
            throw new ShapeException(
                $"TextBatch: inputs have shape {Inputs.Shape}, targets {Targets.Shape}, carried {Carried?.Shape.ToString() ?? "none"}, before "
                + $"{Before?.Shape.ToString() ?? "none"}; needed for {batchSize} windows are [steps * {batchSize}] twice, [{batchSize}, {hidden}] or none, "
                + $"and [{batchSize}] or none.");
        }
    }
}
