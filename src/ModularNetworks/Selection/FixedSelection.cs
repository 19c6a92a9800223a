using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Every layer uses its modules 0 to K - 1 for all datapoints: the rule of the non-modular baseline.</summary>
public sealed class FixedSelection : SelectionRule
{
    /// <inheritdoc/>
    public override Chooser CreateChooser(int picks, Func<Controller> controller, Func<NoisyGate> gate) => new FixedChoice(picks);

    /// <inheritdoc/>
    public override Tensor Run(ForwardPass pass, IModularLayer layer, LayerInput input)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(layer);
        var selection = pass.Tape.RentIndices(new Shape(Sizes.Product(nameof(FixedSelection), input.Steps, pass.BatchSize), layer.Picks));
        var modules = selection.Values;
        for (int i = 0; i < modules.Length; i++)
            modules[i] = i % layer.Picks;
        return layer.RunFixed(pass, input, selection);
    }
}
