using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments;

/// <summary>Writes inspections.</summary>
public static class InspectionJson
{
    /// <summary>The content of <c>inspection.json</c>.</summary>
    public static JsonObject Write(NetworkInspection inspection)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        var written = new JsonObject
        {
            ["step"] = inspection.Step,
            ["split"] = inspection.Split,
            ["selectionEntropy"] = inspection.SelectionEntropy,
            ["batchSelectionEntropy"] = inspection.BatchSelectionEntropy,
            ["pooledBatchSelectionEntropy"] = inspection.PooledBatchSelectionEntropy,
            ["information"] = inspection.Information,
            ["layers"] = ArrayOf(inspection.Layers, Write),
        };
        if (inspection.StoredAgreement is { } agreement)
            written["storedAgreement"] = agreement;
        if (inspection.OracleGap is { } gap)
            written["oracleGap"] = new JsonObject { ["nats"] = gap.Nats, ["samples"] = gap.Samples, ["datapoints"] = gap.Datapoints };
        if (inspection.Leakage is { } leakage)
            written["leakage"] = Write(leakage);
        if (inspection.EStepVisits is { } visits)
            written["eStepVisits"] = visits;
        if (inspection.Thumbnails is { } thumbnails)
        {
            written["thumbnails"] = new JsonObject(thumbnails.Select(one => KeyValuePair.Create(
                $"{one.Image}", (JsonNode?)new JsonObject { ["label"] = one.Label, ["png"] = one.Png })));
        }
        return written;
    }

    private static JsonObject Write(InspectedLayer layer)
    {
        var written = MeasurementJson.Write(layer.Metrics);
        written["labels"] = ArrayOf(layer.Labels, label => new JsonObject
        {
            ["kind"] = label.Kind,
            ["mutualInformation"] = label.MutualInformation,
            ["normalizedMutualInformation"] = label.NormalizedMutualInformation,
        });
        if (layer.Rules is { } rules)
        {
            written["rules"] = new JsonObject
            {
                ["alignment"] = rules.Alignment,
                ["inverseMutualInformation"] = rules.InverseMutualInformation,
                ["adaptation"] = rules.Adaptation,
            };
        }
        written["details"] = ArrayOf(layer.Details, Write);
        return written;
    }

    private static JsonObject Write(LeakageEstimate leakage)
    {
        var written = new JsonObject { ["nats"] = leakage.Nats };
        if (leakage.Samples is { } samples)
            written["samples"] = samples;
        written["datapoints"] = leakage.Datapoints;
        return written;
    }

    private static JsonObject Write(ModuleDetail detail)
    {
        var written = new JsonObject { ["module"] = detail.Module, ["usage"] = detail.Usage };
        if (detail.Classes is { } classes)
        {
            written["classes"] = ArrayOf(
                classes, one => new JsonObject { ["label"] = one.Label, ["share"] = one.Share, ["lift"] = one.Lift });
        }
        if (detail.Images is { } images)
            written["images"] = ArrayOf(images, image => image);
        if (detail.Contexts is { } contexts)
            written["contexts"] = ArrayOf(contexts, Write);
        return written;
    }

    private static JsonObject Write(ContextUse context) => new()
    {
        ["kind"] = context.Kind,
        ["word"] = context.Word,
        ["share"] = context.Share,
        ["part"] = context.Part,
        ["lift"] = context.Lift,
        ["count"] = context.Count,
        ["examples"] = ArrayOf(
            context.Examples, one => new JsonObject { ["before"] = one.Before, ["word"] = one.Word, ["after"] = one.After }),
    };

    private static JsonArray ArrayOf<T>(IEnumerable<T> items, Func<T, JsonNode> item) => [.. items.Select(item)];
}
