namespace ModularNetworks.Experiments;

/// <summary>The controllers' selections on some data.</summary>
public sealed record SelectionMetrics
{
    /// <summary>H_a, the mean entropy of a single selection, in nats (Eq. 15).</summary>
    public required double SelectionEntropy { get; init; }

    /// <summary>H_b, the entropy of the average selection, in nats (Eq. 16).</summary>
    public required double BatchSelectionEntropy { get; init; }

    /// <summary>H_b of all time steps taken together, a mean over picks, in nats; null where there are no time steps.</summary>
    public double? TimePooledBatchSelectionEntropy { get; init; }

    /// <summary>The share of picks for which each module is the most probable one.</summary>
    public required ModuleUsage Usage { get; init; }

    /// <summary>Each layer by itself; none if nothing is selected.</summary>
    [LeftOutIfEmpty]
    public IReadOnlyList<LayerMetrics> Layers { get => field ?? []; init; }

    /// <summary>The selections of a network with several layers.</summary>
    /// <param name="statistics">The decisions.</param>
    /// <param name="layers">The network's layers, in the order in which they run.</param>
    public static SelectionMetrics Of(SelectionStatistics statistics, IReadOnlyList<LayerLayout> layers)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        var metrics = LayerMetrics.Of(statistics, layers);
        return new SelectionMetrics
        {
            SelectionEntropy = statistics.SelectionEntropy,
            BatchSelectionEntropy = statistics.BatchSelectionEntropy,
            Usage = new ModuleUsage([.. metrics.Select(layer => layer.Usage)], IsOfOneLayer: false),
            Layers = metrics,
        };
    }

    /// <summary>The selections of a network with one layer.</summary>
    /// <param name="statistics">The decisions; of a network that selects nothing, without layers.</param>
    /// <param name="layers">The network's layer.</param>
    public static SelectionMetrics OfOneLayer(SelectionStatistics statistics, IReadOnlyList<LayerLayout> layers)
    {
        var metrics = Of(statistics, layers);
        return metrics with { Usage = ModuleUsage.OfOneLayer(metrics.Layers.Count == 0 ? [] : metrics.Layers[0].Usage) };
    }
}
