namespace ModularNetworks.Experiments;

/// <summary>Makes snapshots of the controllers' decisions on the fixed batch.</summary>
internal static class Snapshot
{
    /// <summary>A snapshot without its step.</summary>
    /// <param name="plan">The content of the snapshot.</param>
    /// <param name="selections">The decisions.</param>
    /// <param name="isFirst">Whether it is the run's first, which also has the names of rows and columns.</param>
    public static NetworkSnapshot Of(SnapshotPlan plan, RecordedSelections selections, bool isFirst)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(selections);
        return new NetworkSnapshot
        {
            Layers = Each(plan.Layers.Count, layer => Layer(plan, selections, layer)),
            Flows = Each(plan.Groups.Length, group => Flow(plan, selections, group)),
            Selected = plan.SelectedPaths > 0 ? Each(plan.SelectedPaths, path => Modes(selections, plan.PathPlace(0, path))) : null,
            Rows = isFirst || plan.NamesRowsAlways ? plan.Rows : null,
            Columns = isFirst ? plan.Columns : null,
        };
    }

    private static LayerSnapshot Layer(SnapshotPlan plan, RecordedSelections selections, int layer) => new(
        plan.Layers[layer].Name,
        selections.Modules(layer),
        selections.Picks(layer),
        Each(plan.Rows.Length, row => Each(selections.Picks(layer), k => Rounded(selections, plan.RowPlace(layer, row), k))));

    private static double[] Rounded(RecordedSelections selections, ChoicePlace place, int k)
    {
        var rounded = new List<double>();
        foreach (double probability in selections.Probabilities(place.Layer, place.Step, place.Row, k))
            rounded.Add(Math.Round(probability, 3));
        return [.. rounded];
    }

    /// <summary>The number of paths of a group that use each module of a column, and each pair of modules of neighbouring columns.</summary>
    private static PathFlow Flow(SnapshotPlan plan, RecordedSelections selections, int group)
    {
        int columns = plan.Columns.Length;
        var nodes = Each(columns, _ => new SortedDictionary<int, int>());
        var edges = Each(columns - 1, _ => new SortedDictionary<(int From, int To), int>());
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
        return new PathFlow(plan.Groups[group], paths.Length, nodes, edges);
    }

    private static int[] Modes(RecordedSelections selections, ChoicePlace place) =>
        [.. Enumerable.Range(0, selections.Picks(place.Layer)).Select(k => selections.Mode(place.Layer, place.Step, place.Row, k))];

    private static void Increase<TKey>(SortedDictionary<TKey, int> counts, TKey key)
        where TKey : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;

    private static T[] Each<T>(int count, Func<int, T> item) => [.. Enumerable.Range(0, count).Select(item)];
}
