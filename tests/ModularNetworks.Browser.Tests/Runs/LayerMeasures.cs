using System.Text.Json.Serialization;

namespace ModularNetworks.Browser.Tests;

/// <summary>The numbers of a layer in lines of metrics and inspections.</summary>
internal sealed record LayerMeasures(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("modules")] int Modules,
    [property: JsonPropertyName("selectionEntropy")] double SelectionEntropy,
    [property: JsonPropertyName("batchSelectionEntropy")] double BatchSelectionEntropy,
    [property: JsonPropertyName("information")] double Information,
    [property: JsonPropertyName("effectiveModules")] double EffectiveModules,
    [property: JsonPropertyName("deadModules")] int[] DeadModules,
    [property: JsonPropertyName("loadRatio")] double LoadRatio,
    [property: JsonPropertyName("usage")] double[] Usage);
