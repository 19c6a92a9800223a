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

    /// <summary>H_a on validation data, in nats; null if nothing is selected.</summary>
    public double? SelectionEntropy { get; init; }

    /// <summary>H_b on validation data, in nats; null if nothing is selected.</summary>
    public double? BatchSelectionEntropy { get; init; }

    /// <summary>
    /// The number of modules whose share of the most probable picks on validation data is above a tenth of 1/M, on average over layers;
    /// null if nothing is selected.
    /// </summary>
    public double? ModulesUsed { get; init; }

    /// <summary>
    /// By how many points the accuracy of earlier tasks is better in the end than right after they were learned, on test data, mean over tasks;
    /// null for trials, and if there are no tasks one after the other.
    /// </summary>
    public double? BackwardTransfer { get; init; }

    /// <inheritdoc/>
    public required double WallSeconds { get; init; }

    /// <inheritdoc/>
    public required int Threads { get; init; }

    /// <inheritdoc/>
    public required string Simd { get; init; }

    /// <inheritdoc/>
    public required string Version { get; init; }

    /// <summary>Takes a run's results from its summary.</summary>
    /// <param name="series">The run's series.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="summary">The summary.</param>
    /// <exception cref="FormatException">Something is missing there.</exception>
    internal static SuiteResult Of(SuiteSeries series, RunOptions options, RunSummary summary)
    {
        var (task, selection) = (series.Task, summary.Measured.Selection);
        bool isSelecting = selection is { Usage.Layers.Count: > 0 };
        return new SuiteResult
        {
            Seed = summary.Seed,
            Options = options,
            Steps = summary.Steps,
            Valid = summary.Measured.Required(task.ValidSplit, task.Metric),
            Test = series.IsTrial ? null : summary.Measured.Required(task.TestSplit, task.Metric),
            PredictionOperations = summary.PredictionOperations ?? throw new FormatException("it has no entry predictionOperations."),
            TrainingOperations = summary.TrainingOperations ?? throw new FormatException("it has no entry trainingOperations."),
            SelectionEntropy = isSelecting ? selection!.SelectionEntropy : null,
            BatchSelectionEntropy = isSelecting ? selection!.BatchSelectionEntropy : null,
            ModulesUsed = isSelecting ? selection!.Usage.Used.Average() : null,
            BackwardTransfer = series.IsTrial ? null : summary.Measured.Of(task.TestSplit)?["backwardTransfer"],
            WallSeconds = summary.WallSeconds,
            Threads = summary.Environment.Threads,
            Simd = summary.Environment.Simd,
            Version = summary.Environment.Version,
        };
    }
}
