using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The check of the logits that an <see cref="ISelectionObserver"/> is shown.</summary>
internal static class ObservedLogits
{
    /// <summary>Demands the logits of all modules for some rows at every time step.</summary>
    /// <param name="observer">The observer's type, for the message.</param>
    /// <param name="steps">The number of time steps.</param>
    /// <param name="logits"><c>[steps * rows, K, modules]</c>.</param>
    /// <exception cref="ShapeException">They have another shape.</exception>
    public static void Require(string observer, int steps, Shape logits)
    {
        if (steps < 1 || logits.Rank != 3 || logits.Count == 0 || logits[0] % steps != 0)
        {
            throw new ShapeException(
                $"{observer}: logits of {steps} time steps have shape {logits}; needed are [steps * rows, K, modules], with at least one of each.");
        }
    }
}
