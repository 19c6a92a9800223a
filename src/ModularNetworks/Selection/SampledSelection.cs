using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Every datapoint uses one sample from the controllers: the rule of REINFORCE.</summary>
/// <param name="key">Decides the samples.</param>
public sealed class SampledSelection(RandomKey key) : SelectionRule
{
    /// <summary>Decides the samples of the next run.</summary>
    public RandomKey Key { get; set; } = key;

    /// <inheritdoc/>
    public override Tensor Run(ForwardPass pass, IModularLayer layer, LayerInput input)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(layer);
        return layer.RunChosen(pass, input, first: null, KeyOfLayer(pass, Key));
    }
}
