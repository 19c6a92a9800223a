using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments;

/// <summary>Writes the metrics of every layer, for lines of metrics and inspections.</summary>
internal static class LayersJson
{
    /// <summary>The layers' metrics, an object a layer.</summary>
    /// <param name="statistics">What the controllers decided.</param>
    /// <param name="layers">The layers, in the order in which they run.</param>
    public static JsonArray Write(SelectionStatistics statistics, IReadOnlyList<LayerLayout> layers)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        ArgumentNullException.ThrowIfNull(layers);
        return [.. Enumerable.Range(0, statistics.Layers).Select(layer => Write(statistics.Of(layer), layers[layer].Name))];
    }

    /// <summary>How often each module of a layer is the most probable one.</summary>
    public static JsonArray Usage(LayerStatistics layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return [.. layer.Usage().Select(share => (JsonNode)share)];
    }

    private static JsonObject Write(LayerStatistics layer, string name) => new()
    {
        ["name"] = name,
        ["modules"] = layer.Modules,
        ["selectionEntropy"] = layer.SelectionEntropy,
        ["batchSelectionEntropy"] = layer.BatchSelectionEntropy,
        ["pooledBatchSelectionEntropy"] = layer.PooledBatchSelectionEntropy,
        ["information"] = layer.Information,
        ["effectiveModules"] = layer.EffectiveModules,
        ["deadModules"] = new JsonArray([.. layer.DeadModules.Select(module => (JsonNode)module)]),
        ["loadRatio"] = layer.LoadRatio,
        ["usage"] = Usage(layer),
    };
}
