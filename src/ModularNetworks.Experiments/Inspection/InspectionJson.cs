using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments;

/// <summary>Writes an inspection.</summary>
internal static class InspectionJson
{
    private const int MostClasses = 5;

    /// <summary>An inspection without its step.</summary>
    /// <param name="split">The part of the data that was looked at.</param>
    /// <param name="statistics">What the controllers decided there.</param>
    /// <param name="layers">The layers, in the order in which they run.</param>
    /// <param name="findings">What was found about each of them.</param>
    public static JsonObject Write(
        string split, SelectionStatistics statistics, IReadOnlyList<LayerLayout> layers, IReadOnlyList<LayerFindings> findings)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        ArgumentNullException.ThrowIfNull(findings);
        var written = MeasurementJson.Write(LayerMetrics.Of(statistics, layers));
        for (int layer = 0; layer < written.Count; layer++)
            Add(written[layer]!.AsObject(), findings[layer], statistics.Of(layer).Usage());
        return new JsonObject
        {
            ["split"] = split,
            ["selectionEntropy"] = statistics.SelectionEntropy,
            ["batchSelectionEntropy"] = statistics.BatchSelectionEntropy,
            ["pooledBatchSelectionEntropy"] = statistics.PooledBatchSelectionEntropy,
            ["information"] = statistics.Information,
            ["layers"] = written,
        };
    }

    /// <summary>The classes that a module is used for most, each with its share of the module's use.</summary>
    public static JsonArray Classes(ModuleLabelCounts counts, IReadOnlyList<string> names, int module)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(names);
        double uses = counts.OfModule(module);
        var most = Enumerable.Range(0, counts.Labels)
            .Where(label => counts[label, module] > 0)
            .OrderByDescending(label => counts[label, module])
            .Take(MostClasses);
        return [.. most.Select(label => new JsonObject
        {
            ["label"] = names[label],
            ["share"] = counts[label, module] / uses,
            ["lift"] = counts.Lift(label, module),
        })];
    }

    private static void Add(JsonObject layer, LayerFindings findings, double[] usage)
    {
        layer["labels"] = new JsonArray([.. findings.Labels.Select(label => new JsonObject
        {
            ["kind"] = label.Kind,
            ["mutualInformation"] = label.Counts.MutualInformation,
            ["normalizedMutualInformation"] = label.Counts.NormalizedMutualInformation,
        })]);
        layer["details"] = new JsonArray([.. Enumerable.Range(0, usage.Length).Select(module =>
        {
            var detail = findings.Detail(module);
            detail.Insert(0, "module", module);
            detail.Insert(1, "usage", usage[module]);
            return detail;
        })]);
    }
}
