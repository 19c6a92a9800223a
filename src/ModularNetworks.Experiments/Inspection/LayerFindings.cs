using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments;

/// <summary>What an inspection found about one layer beside its entropies and use.</summary>
/// <param name="Labels">How often modules were used for the labels of some kind.</param>
/// <param name="Detail">What is known about a module: the entries beside its number and use.</param>
internal sealed record LayerFindings(IReadOnlyList<(string Kind, ModuleLabelCounts Counts)> Labels, Func<int, JsonObject> Detail);
