using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments;

/// <summary>Writes snapshots.</summary>
public static class SnapshotJson
{
    /// <summary>A line of <c>snapshots.jsonl</c>.</summary>
    public static JsonObject Write(NetworkSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var written = new JsonObject
        {
            ["step"] = snapshot.Step,
            ["layers"] = ArrayOf(snapshot.Layers, Write),
            ["flows"] = ArrayOf(snapshot.Flows, Write),
        };
        if (snapshot.Selected is { } selected)
            written["selected"] = ArrayOf(selected, modules => ArrayOf(modules, module => module));
        if (snapshot.Rows is { } rows)
            written["rows"] = ArrayOf(rows, row => row);
        if (snapshot.Columns is { } columns)
            written["columns"] = ArrayOf(columns, column => column);
        foreach (var (name, entry) in snapshot.Own ?? [])
            written[name] = entry?.DeepClone();
        return written;
    }

    private static JsonObject Write(LayerSnapshot layer) => new()
    {
        ["name"] = layer.Name,
        ["modules"] = layer.Modules,
        ["picks"] = layer.Picks,
        ["probabilities"] = ArrayOf(layer.Probabilities, row => ArrayOf(row, pick => ArrayOf(pick, probability => probability))),
    };

    private static JsonObject Write(PathFlow flow) => new()
    {
        ["group"] = flow.Group,
        ["count"] = flow.Count,
        ["nodes"] = ArrayOf(flow.Nodes, column => ArrayOf(column, node => new JsonArray(node.Key, node.Value))),
        ["edges"] = ArrayOf(flow.Edges, pair => ArrayOf(pair, edge => new JsonArray(edge.Key.From, edge.Key.To, edge.Value))),
    };

    private static JsonArray ArrayOf<T>(IEnumerable<T> items, Func<T, JsonNode> item) => [.. items.Select(item)];
}
