namespace ModularNetworks.Experiments;

/// <summary>A line of <c>metrics.jsonl</c>.</summary>
public sealed record MetricsLine
{
    /// <summary>The number of gradient steps taken.</summary>
    public required long Step { get; init; }

    /// <summary>The means since the line before.</summary>
    [FlatPart]
    public required TrainingAverages Training { get; init; }

    /// <summary>The measurement on held-out data; null if there was none at this step.</summary>
    [FlatPart]
    public Measurement? Measured { get; init; }

    /// <summary>Sentences about something that deserves attention.</summary>
    [LeftOutIfEmpty]
    public IReadOnlyList<string> Warnings { get => field ?? []; init; }

    /// <summary>The seconds that the run has taken so far.</summary>
    public double Seconds { get; init; }

    /// <summary>
    /// The seconds in which rank 0 has waited for other ranks, or copied numbers to and from them, since the run was last resumed; null if one
    /// process trains.
    /// </summary>
    public double? CommunicationSeconds { get; init; }
}
