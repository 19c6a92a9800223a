using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments;

/// <summary>Writes what controllers do on the fixed batch as a line of <c>snapshots.jsonl</c>.</summary>
internal static class Snapshot
{
    /// <summary>The line's entries but for the step.</summary>
    /// <param name="plan">What is shown.</param>
    /// <param name="selections">What the controllers did.</param>
    public static JsonObject Write(SnapshotPlan plan, RecordedSelections selections)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(selections);
        var snapshot = new JsonObject
        {
            ["layers"] = ArrayOf(plan.Layers.Count, layer => Layer(plan, selections, layer)),
            ["flows"] = ArrayOf(plan.Groups.Length, group => Flow(plan, selections, group)),
        };
        if (plan.SelectedPaths > 0)
            snapshot["selected"] = ArrayOf(plan.SelectedPaths, path => Numbers(Modes(selections, plan.PathPlace(0, path))));
        return snapshot;
    }

    /// <summary>What the first line says about all of them.</summary>
    public static void AddNames(JsonObject first, SnapshotPlan plan)
    {
        first["rows"] = ArrayOf(plan.Rows.Length, row => plan.Rows[row]);
        first["columns"] = ArrayOf(plan.Columns.Length, column => plan.Columns[column]);
    }

    private static JsonObject Layer(SnapshotPlan plan, RecordedSelections selections, int layer) => new()
    {
        ["name"] = plan.Layers[layer].Name,
        ["modules"] = selections.Modules(layer),
        ["picks"] = selections.Picks(layer),
        ["probabilities"] = ArrayOf(plan.Rows.Length, row => ArrayOf(
            selections.Picks(layer), k => Rounded(selections, plan.RowPlace(layer, row), k))),
    };

    private static JsonArray Rounded(RecordedSelections selections, ChoicePlace place, int k)
    {
        var rounded = new JsonArray();
        foreach (double probability in selections.Probabilities(place.Layer, place.Step, place.Row, k))
            rounded.Add(Math.Round(probability, 3));
        return rounded;
    }

    /// <summary>How many paths of a group use each module of a column, and each pair of modules of neighbouring columns.</summary>
    private static JsonObject Flow(SnapshotPlan plan, RecordedSelections selections, int group)
    {
        int columns = plan.Columns.Length;
        var nodes = Repeat(columns, () => new SortedDictionary<int, int>());
        var edges = Repeat(columns - 1, () => new SortedDictionary<(int From, int To), int>());
        int[] paths = [.. plan.GroupOfPath.Index().Where(path => path.Item == group).Select(path => path.Index)];
        foreach (int path in paths)
        {
            int[] before = [];
            for (int column = 0; column < columns; column++)
            {
                int[] modules = Modes(selections, plan.PathPlace(column, path));
                foreach (int module in modules)
                {
                    Increase(nodes[column], module);
                    foreach (int from in before)
                        Increase(edges[column - 1], (from, module));
                }
                before = modules;
            }
        }
        return new JsonObject
        {
            ["group"] = plan.Groups[group],
            ["count"] = paths.Length,
            ["nodes"] = ArrayOf(columns, column => ArrayOf(nodes[column], node => Numbers(node.Key, node.Value))),
            ["edges"] = ArrayOf(columns - 1, pair => ArrayOf(edges[pair], edge => Numbers(edge.Key.From, edge.Key.To, edge.Value))),
        };
    }

    private static int[] Modes(RecordedSelections selections, ChoicePlace place) =>
        [.. Enumerable.Range(0, selections.Picks(place.Layer)).Select(k => selections.Mode(place.Layer, place.Step, place.Row, k))];

    private static void Increase<TKey>(SortedDictionary<TKey, int> counts, TKey key)
        where TKey : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;

    private static T[] Repeat<T>(int count, Func<T> create) => [.. Enumerable.Range(0, count).Select(_ => create())];

    private static JsonArray Numbers(params int[] numbers) => [.. numbers.Select(number => (JsonNode)number)];

    private static JsonArray ArrayOf(int count, Func<int, JsonNode> item) => ArrayOf(Enumerable.Range(0, count), item);

    private static JsonArray ArrayOf<T>(IEnumerable<T> items, Func<T, JsonNode> item) => [.. items.Select(item)];
}
