namespace ModularNetworks.Experiments;

/// <summary>The results of a run of the suite.</summary>
public sealed record SuiteResult : IRunResult
{
    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The options that the run was trained with.</summary>
    public required RunOptions Options { get; init; }

    /// <inheritdoc/>
    public required long Steps { get; init; }

    /// <summary>The task's metric on the validation data, after the last step.</summary>
    public required double Valid { get; init; }

    /// <summary>The task's metric on the test data, after the last step; null for trials.</summary>
    public double? Test { get; init; }

    /// <summary>The multiply-adds of a prediction.</summary>
    public required long PredictionOperations { get; init; }

    /// <summary>The multiply-adds of the training.</summary>
    public required double TrainingOperations { get; init; }

    /// <summary>The measures of the modules.</summary>
    public required SuiteMeasures Measures { get; init; }

    /// <inheritdoc/>
    public required double WallSeconds { get; init; }

    /// <inheritdoc/>
    public required int Threads { get; init; }

    /// <inheritdoc/>
    public required string Simd { get; init; }

    /// <inheritdoc/>
    public required string Version { get; init; }

    /// <summary>Takes a run's results from its summary and its inspection.</summary>
    /// <param name="series">The run's series.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="summary">The summary.</param>
    /// <param name="inspection">The inspection; null if there is none.</param>
    /// <exception cref="FormatException">Something is missing in the summary.</exception>
    internal static SuiteResult Of(SuiteSeries series, RunOptions options, RunSummary summary, SuiteInspection? inspection)
    {
        var task = series.Task;
        return new SuiteResult
        {
            Seed = summary.Seed,
            Options = options,
            Steps = summary.Steps,
            Valid = summary.Measured.Required(task.ValidSplit, task.Metric),
            Test = series.IsTrial ? null : summary.Measured.Required(task.TestSplit, task.Metric),
            PredictionOperations = summary.PredictionOperations ?? throw new FormatException("it has no entry predictionOperations."),
            TrainingOperations = summary.TrainingOperations ?? throw new FormatException("it has no entry trainingOperations."),
            Measures = SuiteMeasures.Of(series, summary.Measured, inspection),
            WallSeconds = summary.WallSeconds,
            Threads = summary.Environment.Threads,
            Simd = summary.Environment.Simd,
            Version = summary.Environment.Version,
        };
    }
}
