using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Statistics of the controllers' decisions over some data: the entropies of Eqs. 15 and 16, and how much each module is used. Collected
/// by a <see cref="ForwardPass"/>.
/// </summary>
/// <remarks>
/// Every layer, time step and choice k is a place of its own; entropies are averaged over the places. One collector
/// serves one network. Means over layers can hide one layer that collapsed: look at <see cref="Of"/> each.
/// </remarks>
public sealed class SelectionStatistics : ISelectionObserver
{
    private readonly List<LayerStatistics> _layers = [];

    /// <summary>H_a, the mean entropy of a single selection, in nats (Eq. 15): 0 when every choice is certain.</summary>
    public double SelectionEntropy => Mean(layer => layer.SelectionEntropy);

    /// <summary>
    /// H_b, the entropy of the average selection, in nats (Eq. 16): ln M when all modules are used equally, 0 when only
    /// one is (module collapse).
    /// </summary>
    public double BatchSelectionEntropy => Mean(layer => layer.BatchSelectionEntropy);

    /// <summary>
    /// H_b of all time steps taken together, averaged over layers, in nats (<see cref="LayerStatistics.TimePooledBatchSelectionEntropy"/>).
    /// </summary>
    public double TimePooledBatchSelectionEntropy => Mean(layer => layer.TimePooledBatchSelectionEntropy);

    /// <summary>I(a; x), averaged over layers, in nats (<see cref="LayerStatistics.Information"/>).</summary>
    public double Information => Mean(layer => layer.Information);

    /// <summary>The number of layers seen.</summary>
    public int Layers => _layers.Count;

    /// <summary>The statistics of one layer.</summary>
    /// <param name="layer">The layer's position in the network.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public LayerStatistics Of(int layer)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)layer, (uint)_layers.Count, nameof(layer));
        return _layers[layer];
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => _layers.Clear();

    /// <inheritdoc/>
    public void Observe(int layer, int steps, Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        Distributions.Require(steps, logits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)layer, (uint)_layers.Count, nameof(layer));
        if (layer == _layers.Count)
            _layers.Add(new LayerStatistics(steps, logits.Shape[1], logits.Shape[2]));
        _layers[layer].Observe(steps, logits);
    }

    private double Mean(Func<LayerStatistics, double> value) => _layers.Count == 0 ? 0 : _layers.Average(value);
}
