namespace ModularNetworks.Experiments;

/// <summary>The results of a run of the table.</summary>
public sealed record RunResult : IRunResult
{
    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <inheritdoc/>
    public required long Steps { get; init; }

    /// <summary>The test perplexity after the last step.</summary>
    public required double Test { get; init; }

    /// <summary>
    /// The test perplexity after the last step with the state carried through the text; null if it is not finite, or is
    /// <see cref="Test"/>.
    /// </summary>
    public double? TestStream { get; init; }

    /// <summary>The validation perplexity after the last step.</summary>
    public required double Valid { get; init; }

    /// <summary>
    /// The training perplexity, exp(-log p(y|x, a, θ) per word) over the last steps, with the compositions that were trained on.
    /// </summary>
    public required double Train { get; init; }

    /// <summary>The step with the lowest validation perplexity; null if the run is of an earlier version.</summary>
    public long? BestStep { get; init; }

    /// <summary>The validation perplexity at the best step.</summary>
    public double? BestValid { get; init; }

    /// <summary>The test perplexity at the best step.</summary>
    public double? BestTest { get; init; }

    /// <summary>H_a on validation data, in nats; null if nothing is selected.</summary>
    public double? SelectionEntropy { get; init; }

    /// <summary>H_b on validation data, in nats; null if nothing is selected.</summary>
    public double? BatchSelectionEntropy { get; init; }

    /// <summary>
    /// The number of modules whose share of the most probable picks on validation data is above a tenth of 1/M; null if
    /// nothing is selected.
    /// </summary>
    public int? ModulesUsed { get; init; }

    /// <inheritdoc/>
    public required double WallSeconds { get; init; }

    /// <summary>The mean time of a gradient step since the run was last resumed, in milliseconds; null if none was left.</summary>
    public double? StepMilliseconds { get; init; }

    /// <summary>The mean time of an E-step since the run was last resumed, in milliseconds; null if there was none.</summary>
    public double? EStepMilliseconds { get; init; }

    /// <inheritdoc/>
    public required int Threads { get; init; }

    /// <inheritdoc/>
    public required string Simd { get; init; }

    /// <inheritdoc/>
    public required string Version { get; init; }

    /// <summary>Reads a run's results from its summary.</summary>
    /// <param name="run">The run's name, for messages.</param>
    /// <param name="summary">The summary.</param>
    /// <exception cref="RunException">Something is missing there.</exception>
    public static RunResult Read(string run, RunSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return ReproductionRuns.Read(
            run, RunFiles.Summary, "Delete it, and go on with the run.", () => Of(summary));
    }

    private static RunResult Of(RunSummary summary) => new()
    {
        Seed = summary.Seed,
        Steps = summary.Steps,
        Test = summary.Measured.Required("test", "perplexity"),
        TestStream = summary.Measured.Of("test")!["streamPerplexity"],
        Valid = summary.Measured.Required("valid", "perplexity"),
        Train = Math.Exp(-summary.Train.LogLikelihood),
        BestStep = summary.Best?.Step,
        BestValid = summary.Best?.Valid,
        BestTest = summary.Best?.Test,
        SelectionEntropy = summary.Measured.Selection?.SelectionEntropy,
        BatchSelectionEntropy = summary.Measured.Selection?.BatchSelectionEntropy,
        ModulesUsed = summary.Measured.Selection is { } selection ? UsedOf(selection.Usage) : null,
        WallSeconds = summary.WallSeconds,
        StepMilliseconds = summary.StepMilliseconds.GradientStepIfAny,
        EStepMilliseconds = summary.StepMilliseconds.EStepIfAny,
        Threads = summary.Environment.Threads,
        Simd = summary.Environment.Simd,
        Version = summary.Environment.Version,
    };

    private static int UsedOf(ModuleUsage usage) => usage.IsOfOneLayer
        ? usage.Used.Sum()
        : throw new FormatException("the use of modules is that of several layers.");
}
