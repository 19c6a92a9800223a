using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments;

/// <summary>Writes and reads measurements and the metrics of layers.</summary>
public static class MeasurementJson
{
    private static readonly string[] NoSplits = ["eStep", "best", "stepMilliseconds"];

    /// <summary>The entries of a measurement, in the order in which files hold them.</summary>
    public static JsonObject Write(Measurement measured)
    {
        ArgumentNullException.ThrowIfNull(measured);
        var written = new JsonObject();
        foreach (var (place, split) in measured.Splits.Index())
        {
            written[split.Name] = new JsonObject(split.Numbers.Select(number => KeyValuePair.Create(number.Name, (JsonNode?)number.Value)));
            if (place == 0 && measured.Selection is { } selection)
                AddSelection(written, selection);
        }
        if (measured.Solved is { } solved)
            written["solved"] = solved;
        return written;
    }

    /// <summary>Reads the measurement in a line of metrics or a summary; the metrics of layers are left out.</summary>
    /// <exception cref="InvalidOperationException">An entry is of another kind.</exception>
    /// <exception cref="FormatException">An entry is missing.</exception>
    internal static Measurement Read(JsonObject written) => new()
    {
        Splits = [.. written.Where(entry => entry.Value is JsonObject && !NoSplits.Contains(entry.Key))
            .Select(entry => ReadSplit(entry.Key, entry.Value!.AsObject()))],
        Selection = written["usage"] is { } usage ? ReadSelection(written, usage.AsArray()) : null,
    };

    /// <summary>Reads the metrics of layers in a line of metrics: all that tells of their collapse.</summary>
    /// <exception cref="InvalidOperationException">An entry is of another kind.</exception>
    /// <exception cref="FormatException">An entry is missing.</exception>
    internal static IReadOnlyList<LayerMetrics> ReadLayers(JsonObject line) =>
        [.. (line["layers"]?.AsArray() ?? []).Select(layer => ReadLayer(layer ?? throw new FormatException("a layer is null.")))];

    private static void AddSelection(JsonObject written, SelectionMetrics selection)
    {
        written["selectionEntropy"] = selection.SelectionEntropy;
        written["batchSelectionEntropy"] = selection.BatchSelectionEntropy;
        if (selection.PooledBatchSelectionEntropy is { } pooled)
            written["pooledBatchSelectionEntropy"] = pooled;
        var layers = selection.Usage.Layers.Select(Numbers);
        written["usage"] = selection.Usage.IsOfOneLayer ? layers.FirstOrDefault() ?? [] : new JsonArray([.. layers]);
        if (selection.Layers.Count > 0)
            written["layers"] = new JsonArray([.. selection.Layers.Select(RecordJson.Write)]);
    }

    private static JsonArray Numbers(IReadOnlyList<double> numbers) => [.. numbers.Select(number => (JsonNode)number)];

    private static SplitResult ReadSplit(string name, JsonObject numbers) => new(
        name, [.. numbers.Select(number => (number.Key, number.Value?.GetValue<double>()))]);

    private static SelectionMetrics ReadSelection(JsonObject written, JsonArray usage) => new()
    {
        SelectionEntropy = JsonEntry.Of(written, "selectionEntropy").GetValue<double>(),
        BatchSelectionEntropy = JsonEntry.Of(written, "batchSelectionEntropy").GetValue<double>(),
        Usage = usage is [JsonArray, ..]
            ? new ModuleUsage([.. usage.Select(layer => ReadShares(layer?.AsArray() ?? throw new FormatException("the use of a layer is missing.")))], IsOfOneLayer: false)
            : ModuleUsage.OfOneLayer(ReadShares(usage)),
        Layers = [],
    };

    private static double[] ReadShares(JsonArray shares) =>
        [.. shares.Select(share => share?.GetValue<double>() ?? throw new FormatException("the share of a module is missing."))];

    private static LayerMetrics ReadLayer(JsonNode layer) => new()
    {
        Name = JsonEntry.Of(layer, "name").GetValue<string>(),
        EffectiveModules = JsonEntry.Of(layer, "effectiveModules").GetValue<double>(),
        Modules = JsonEntry.Of(layer, "modules").GetValue<int>(),
        DeadModules = [.. JsonEntry.Of(layer, "deadModules").AsArray().Select((module, place) => module?.GetValue<int>() ?? place)],
    };
}
