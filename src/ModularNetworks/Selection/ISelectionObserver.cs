using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Receives the distributions of the controllers in every <see cref="ForwardPass"/> that is given the observer.</summary>
public interface ISelectionObserver
{
    /// <summary>Takes the distributions of one layer over a batch.</summary>
    /// <param name="layer">The layer's position in the network.</param>
    /// <param name="steps">The number of time steps.</param>
    /// <param name="logits"><c>[steps * rows, K, modules]</c>, time-major.</param>
    void Observe(int layer, int steps, Tensor logits);
}
