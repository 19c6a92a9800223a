using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Keeps the decisions of all controllers for every row of one batch. Serves one run of one network.</summary>
public sealed class RecordedSelections : ISelectionObserver
{
    private readonly List<Layer> _layers = [];

    /// <summary>The number of layers seen.</summary>
    public int Layers => _layers.Count;

    /// <summary>K of a layer.</summary>
    public int Picks(int layer) => Of(layer).Picks;

    /// <summary>M of a layer.</summary>
    public int Modules(int layer) => Of(layer).Modules;

    /// <summary>The distribution of one choice, <c>[modules]</c>.</summary>
    /// <param name="layer">The layer's position in the network.</param>
    /// <param name="step">The time step; 0 in a layer that is not recurrent.</param>
    /// <param name="row">The datapoint's place in the batch.</param>
    /// <param name="k">Which of the K choices.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such choice.</exception>
    public ReadOnlySpan<double> Probabilities(int layer, int step, int row, int k)
    {
        var recorded = Of(layer);
        return recorded.Probabilities.AsSpan(recorded.Place(step, row, k) * recorded.Modules, recorded.Modules);
    }

    /// <summary>The most probable module of one choice.</summary>
    /// <param name="layer">The layer's position in the network.</param>
    /// <param name="step">The time step; 0 in a layer that is not recurrent.</param>
    /// <param name="row">The datapoint's place in the batch.</param>
    /// <param name="k">Which of the K choices.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such choice.</exception>
    public int Mode(int layer, int step, int row, int k) => Of(layer).Modes[Of(layer).Place(step, row, k)];

    /// <inheritdoc/>
    public void Observe(int layer, int steps, Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        Distributions.Require(steps, logits);
        if (layer != _layers.Count)
            throw new InvalidOperationException($"RecordedSelections: layer {layer} runs after {_layers.Count} others; one run of one network is recorded.");
        int places = logits.Shape[0] * logits.Shape[1], modules = logits.Shape[2];
        var recorded = new Layer(steps, logits.Shape[0] / steps, logits.Shape[1], modules, Numbers<double>(logits.Shape.Count), Numbers<int>(places));
        for (int place = 0; place < places; place++)
            recorded.Modes[place] = Distributions.Read(logits, place, recorded.Probabilities.AsSpan(place * modules, modules));
        _layers.Add(recorded);
    }

    private static T[] Numbers<T>(int count)
        where T : unmanaged => SizedArray.Create<T>(nameof(RecordedSelections), count);

    private Layer Of(int layer)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)layer, (uint)_layers.Count, nameof(layer));
        return _layers[layer];
    }

    private sealed record Layer(int Steps, int Rows, int Picks, int Modules, double[] Probabilities, int[] Modes)
    {
        public int Place(int step, int row, int k)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)step, (uint)Steps, nameof(step));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)k, (uint)Picks, nameof(k));
            return (((step * Rows) + row) * Picks) + k;
        }
    }
}
