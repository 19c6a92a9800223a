namespace ModularNetworks;

/// <summary>How a trained network uses its modules.</summary>
/// <param name="Selector">What decides which.</param>
/// <param name="MixedModules">How many a noisy gate mixes.</param>
public readonly record struct ModuleUse(Selector Selector, int MixedModules = 0)
{
    /// <summary>Begins a run for evaluation, in which nothing is random.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="batchSize">The number of datapoints.</param>
    public void Begin(ModularPass pass, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(pass);
        switch (Selector)
        {
            case Selector.None:
                pass.BeginFixed(batchSize);
                break;
            case Selector.NoisyGate:
                pass.BeginMixture(batchSize, MixedModules);
                break;
            default:
                pass.BeginMode(batchSize);
                break;
        }
    }

    /// <summary>How the modules that a network uses lie in a composition: those selected, or those mixed.</summary>
    internal CompositionLayout LayoutOf(CompositionLayout layout)
    {
        int mixed = MixedModules;
        return Selector == Selector.NoisyGate
            ? new CompositionLayout(
                [.. layout.Layers.Select(layer => layer with { PicksPerStep = Math.Min(mixed, layer.Modules) })])
            : layout;
    }
}
