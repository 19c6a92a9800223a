namespace ModularNetworks.Experiments;

/// <summary>The selections of one layer's controller on some data.</summary>
public record LayerMetrics
{
    /// <summary>The layer's name.</summary>
    public required string Name { get; init; }

    /// <summary>M, the number of modules.</summary>
    public required int Modules { get; init; }

    /// <summary>H_a, in nats (Eq. 15).</summary>
    public double SelectionEntropy { get; init; }

    /// <summary>H_b, in nats (Eq. 16).</summary>
    public double BatchSelectionEntropy { get; init; }

    /// <summary>H_b of all time steps taken together, a mean over picks, in nats; null in files of earlier versions with several picks.</summary>
    public double? TimePooledBatchSelectionEntropy { get; init; }

    /// <summary>I(a; x), in nats.</summary>
    public double Information { get; init; }

    /// <summary>The effective number of modules, from 1 to M.</summary>
    public required double EffectiveModules { get; init; }

    /// <summary>The modules that are never the most probable pick.</summary>
    public required IReadOnlyList<int> DeadModules { get; init; }

    /// <summary>The load of the busiest module over the mean load, from 1 to M.</summary>
    public double LoadRatio { get; init; }

    /// <summary>Collapse-Avg of the use (<see cref="Collapse.Average"/>), from 0 to 1; null in files of earlier versions.</summary>
    public double? CollapseAverage { get; init; }

    /// <summary>Collapse-Worst of the use (<see cref="Collapse.Worst"/>), from 0 to 1; null in files of earlier versions.</summary>
    public double? CollapseWorst { get; init; }

    /// <summary>Each module's share of the most probable picks, <c>[modules]</c>.</summary>
    public IReadOnlyList<double> Usage { get => field ?? []; init; }

    /// <summary>The metrics of a network's layers.</summary>
    /// <param name="statistics">The decisions.</param>
    /// <param name="layers">The layers, in the order in which they run.</param>
    public static IReadOnlyList<LayerMetrics> Of(SelectionStatistics statistics, IReadOnlyList<LayerLayout> layers)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        ArgumentNullException.ThrowIfNull(layers);
        return [.. Enumerable.Range(0, statistics.Layers).Select(layer => Of(statistics.Of(layer), layers[layer].Name))];
    }

    private static LayerMetrics Of(LayerStatistics layer, string name)
    {
        double[] usage = layer.Usage();
        return new LayerMetrics
        {
            Name = name,
            Modules = layer.Modules,
            SelectionEntropy = layer.SelectionEntropy,
            BatchSelectionEntropy = layer.BatchSelectionEntropy,
            TimePooledBatchSelectionEntropy = layer.TimePooledBatchSelectionEntropy,
            Information = layer.Information,
            EffectiveModules = layer.EffectiveModules,
            DeadModules = layer.DeadModules,
            LoadRatio = layer.LoadRatio,
            CollapseAverage = Collapse.Average(usage),
            CollapseWorst = Collapse.Worst(usage),
            Usage = usage,
        };
    }
}
