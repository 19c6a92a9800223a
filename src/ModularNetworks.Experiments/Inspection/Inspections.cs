namespace ModularNetworks.Experiments;

/// <summary>Puts inspections together.</summary>
public static class Inspections
{
    private const int MostClasses = 5;

    /// <summary>An inspection without its step.</summary>
    /// <param name="split">The part of the data that was looked at.</param>
    /// <param name="statistics">The controllers' decisions there.</param>
    /// <param name="layers">The layers, in the order in which they run.</param>
    /// <param name="findings">The findings about each layer.</param>
    public static NetworkInspection Of(
        string split, SelectionStatistics statistics, IReadOnlyList<LayerLayout> layers, IReadOnlyList<LayerFindings> findings)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        ArgumentNullException.ThrowIfNull(findings);
        return new NetworkInspection
        {
            Split = split,
            SelectionEntropy = statistics.SelectionEntropy,
            BatchSelectionEntropy = statistics.BatchSelectionEntropy,
            TimePooledBatchSelectionEntropy = statistics.TimePooledBatchSelectionEntropy,
            Information = statistics.Information,
            Layers = [.. LayerMetrics.Of(statistics, layers).Zip(findings, LayerOf)],
        };
    }

    /// <summary>The classes that a module is used for most, each with its share of the module's use.</summary>
    public static IReadOnlyList<ClassShare> Classes(ModuleLabelCounts counts, IReadOnlyList<string> names, int module)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(names);
        double uses = counts.OfModule(module);
        var most = Enumerable.Range(0, counts.Labels)
            .Where(label => counts[label, module] > 0)
            .OrderByDescending(label => counts[label, module])
            .Take(MostClasses);
        return [.. most.Select(label => new ClassShare(names[label], counts[label, module] / uses, counts.Lift(label, module)))];
    }

    /// <summary>The datapoints for which a module is the most probable one, those with the highest probability first.</summary>
    /// <param name="selections">The decisions for the datapoints of one batch, of a network that is not recurrent.</param>
    /// <param name="layer">The layer's position in the network.</param>
    /// <param name="module">The module.</param>
    /// <param name="datapoints">The number of datapoints in the batch.</param>
    /// <param name="most">The most datapoints that are named.</param>
    /// <returns>Their places in the batch.</returns>
    public static IReadOnlyList<int> Typical(RecordedSelections selections, int layer, int module, int datapoints, int most = 6)
    {
        ArgumentNullException.ThrowIfNull(selections);
        var picked = from row in Enumerable.Range(0, datapoints)
                     from k in Enumerable.Range(0, selections.Picks(layer))
                     where selections.Mode(layer, step: 0, row, k) == module
                     orderby selections.Probabilities(layer, step: 0, row, k)[module] descending
                     select row;
        return [.. picked.Distinct().Take(most)];
    }

    private static InspectedLayer LayerOf(LayerMetrics metrics, LayerFindings findings) => new(
        metrics,
        [.. findings.Labels.Select(label => new LabelInformation(
            label.Kind, label.Counts.MutualInformation, label.Counts.NormalizedMutualInformation))],
        [.. metrics.Usage.Select((share, module) => findings.Detail(module) with { Module = module, Usage = share })])
    {
        Rules = findings.Rules is { } rules ? RuleAlignment.Of(rules) : null,
    };
}
