namespace ModularNetworks;

/// <summary>A module for each of two layers.</summary>
/// <param name="First">The module of the first layer.</param>
/// <param name="Second">The module of the second layer.</param>
internal readonly record struct ModulePair(int First, int Second)
{
    /// <summary>The module of a layer, 0 or 1.</summary>
    public int Of(int layer) => layer == 0 ? First : Second;
}
