using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Every controller takes its most probable modules: the rule of evaluation.</summary>
public sealed class ModeSelection : SelectionRule
{
    /// <inheritdoc/>
    public override Tensor Run(ForwardPass pass, IModularLayer layer, LayerInput input)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(layer);
        return layer.RunChosen(pass, input, first: null, key: null);
    }
}
