namespace ModularNetworks.Experiments;

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
}
