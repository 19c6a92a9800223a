using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The check of compositions that a search begins from.</summary>
internal static class CompositionCheck
{
    /// <summary>Demands whole compositions of modules that exist.</summary>
    /// <param name="search">The search, for the message.</param>
    /// <param name="layout">How a composition is laid out.</param>
    /// <param name="compositions"><c>[batch, picks]</c>.</param>
    /// <exception cref="ShapeException">The shape is another, or a module does not exist.</exception>
    public static void Require(string search, CompositionLayout layout, IndexTensor compositions)
    {
        var shape = compositions.Shape;
        if (shape.Rank != 2 || shape[0] < 1 || shape[1] != layout.Length)
            throw new ShapeException($"{search}: compositions have shape {shape}; [batch, {layout.Length}] is needed, with at least one datapoint.");
        var picks = compositions.Values;
        for (int i = 0; i < picks.Length; i++)
            IndexRange.Require(search, "module", picks[i], layout.ModulesOf(i % layout.Length));
    }
}
