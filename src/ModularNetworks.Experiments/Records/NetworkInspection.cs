namespace ModularNetworks.Experiments;

/// <summary>The work of each module on held-out data, as <c>inspection.json</c> holds it.</summary>
public sealed record NetworkInspection
{
    /// <summary>The number of gradient steps taken; set by <see cref="RunInspection"/>.</summary>
    public long Step { get; init; }

    /// <summary>The part of the data that was looked at.</summary>
    public required string Split { get; init; }

    /// <summary>H_a, a mean over layers, in nats (Eq. 15).</summary>
    public required double SelectionEntropy { get; init; }

    /// <summary>H_b, a mean over layers, in nats (Eq. 16).</summary>
    public required double BatchSelectionEntropy { get; init; }

    /// <summary>H_b of all time steps taken together, a mean over picks and layers, in nats; null in files of earlier versions.</summary>
    public double? TimePooledBatchSelectionEntropy { get; init; }

    /// <summary>I(a; x), a mean over layers, in nats.</summary>
    public required double Information { get; init; }

    /// <summary>The layers, in the order in which they run.</summary>
    public required IReadOnlyList<InspectedLayer> Layers { get; init; }

    /// <summary>The share of stored picks that are the controllers' most probable ones; null if none are stored.</summary>
    public double? StoredAgreement { get; init; }

    /// <summary>The oracle gap; null if no controller selects.</summary>
    public OracleGapEstimate? OracleGap { get; init; }

    /// <summary>The leakage; null if no controller selects.</summary>
    public LeakageEstimate? Leakage { get; init; }

    /// <summary>How often E-steps have visited a datapoint of the training set, on average; null if there were none.</summary>
    public double? EStepVisits { get; init; }

    /// <summary>The test result beside which those without single modules are read; null if they were not measured.</summary>
    public AblationBase? Ablation { get; init; }

    /// <summary>Small pictures of typical images, by the images' numbers; null if the data are no images.</summary>
    public IReadOnlyDictionary<int, ImageThumbnail>? Thumbnails { get; init; }

    /// <summary>What the report shows of typical datapoints, by their numbers; null if there are none (<see cref="WithDatapoints"/>).</summary>
    public IReadOnlyDictionary<int, ShownDatapoint>? Datapoints { get; init; }

    /// <summary>The same inspection with the datapoints that modules name.</summary>
    /// <param name="show">Makes of a datapoint's number what the report shows of it.</param>
    public NetworkInspection WithDatapoints(Func<int, ShownDatapoint> show)
    {
        ArgumentNullException.ThrowIfNull(show);
        var named = Layers.SelectMany(layer => layer.Details).SelectMany(detail => detail.Datapoints ?? []);
        return this with { Datapoints = new SortedDictionary<int, ShownDatapoint>(named.Distinct().ToDictionary(number => number, show)) };
    }
}
