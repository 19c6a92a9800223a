using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Passes selections on to several observers.</summary>
/// <param name="observers">The observers.</param>
internal sealed class Observers(params ISelectionObserver[] observers) : ISelectionObserver
{
    /// <inheritdoc/>
    public void Observe(int layer, int steps, Tensor logits)
    {
        foreach (var observer in observers)
            observer.Observe(layer, steps, logits);
    }
}
