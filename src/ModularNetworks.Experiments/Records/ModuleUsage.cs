namespace ModularNetworks.Experiments;

/// <summary>The share of picks for which each module is the most probable one.</summary>
/// <param name="Layers">For each layer, the modules' shares, which add up to 1; none if nothing is selected.</param>
/// <param name="IsOfOneLayer">Whether the network has one layer, whose shares are written without a list around them.</param>
public sealed record ModuleUsage(IReadOnlyList<IReadOnlyList<double>> Layers, bool IsOfOneLayer)
{
    private const double ShareOfFairShare = 0.1;

    /// <summary>The use of a network's only layer.</summary>
    /// <param name="shares">The modules' shares; none if nothing is selected.</param>
    public static ModuleUsage OfOneLayer(IReadOnlyList<double> shares) => new(shares.Count == 0 ? [] : [shares], IsOfOneLayer: true);

    /// <summary>For each layer, the number of modules that are the most probable pick more often than a tenth of their fair share.</summary>
    public IReadOnlyList<int> Used => [.. Layers.Select(shares => shares.Count(share => share > ShareOfFairShare / shares.Count))];
}
