namespace ModularNetworks.Experiments;

/// <summary>The findings of an inspection about one layer, beside its entropies and use.</summary>
/// <param name="Labels">The counts of modules used for the labels of some kind.</param>
/// <param name="Detail">The findings about a module, without its number and use.</param>
public sealed record LayerFindings(IReadOnlyList<(string Kind, ModuleLabelCounts Counts)> Labels, Func<int, ModuleDetail> Detail)
{
    /// <summary>The counts of modules used for each rule that made the data; null where a datapoint's rule is not known.</summary>
    public ModuleLabelCounts? Rules { get; init; }
}
