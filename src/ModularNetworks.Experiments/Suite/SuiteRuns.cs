namespace ModularNetworks.Experiments;

/// <summary>The final runs of a row of the suite's report.</summary>
public sealed record SuiteRuns
{
    /// <summary>The numbers of the seeds 1, 2 and so on, on test data after the last step.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>The same on validation data.</summary>
    public required IReadOnlyList<double> ValidValues { get; init; }

    /// <summary>The number of gradient steps.</summary>
    public required long Steps { get; init; }

    /// <summary>The learning rate that was chosen.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The weight decay that was chosen.</summary>
    public required double WeightDecay { get; init; }

    /// <summary>How long the runs took together, in seconds, without trials.</summary>
    public required double WallSeconds { get; init; }
}
