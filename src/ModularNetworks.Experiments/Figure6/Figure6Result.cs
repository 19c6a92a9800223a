using System.Text.Json;

namespace ModularNetworks.Experiments;

/// <summary>The results of a run of the figure.</summary>
public sealed record Figure6Result : IRunResult
{
    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <inheritdoc/>
    public required long Steps { get; init; }

    /// <summary>The measurements in the order of steps; the last one is that after the last step.</summary>
    public required IReadOnlyList<Figure6Point> Points { get; init; }

    /// <summary>
    /// For every layer, the number of modules whose share of the most probable picks on test images is above a tenth of 1/M;
    /// null if nothing is selected.
    /// </summary>
    public IReadOnlyList<int>? ModulesUsed { get; init; }

    /// <inheritdoc/>
    public required double WallSeconds { get; init; }

    /// <summary>The mean time of a gradient step since the run was last resumed, in milliseconds; null if none was left.</summary>
    public required double? StepMilliseconds { get; init; }

    /// <summary>The mean time of an E-step since the run was last resumed, in milliseconds; null if there was none.</summary>
    public required double? EStepMilliseconds { get; init; }

    /// <inheritdoc/>
    public required int Threads { get; init; }

    /// <inheritdoc/>
    public required string Simd { get; init; }

    /// <inheritdoc/>
    public required string Version { get; init; }

    /// <summary>Reads a run's results from its summary and its metrics.</summary>
    /// <param name="run">The run's name, for messages.</param>
    /// <param name="summary">The summary.</param>
    /// <param name="metrics">The lines of <c>metrics.jsonl</c>.</param>
    /// <exception cref="RunException">Something is missing there.</exception>
    public static Figure6Result Read(string run, RunSummary summary, IEnumerable<JsonElement> metrics)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(metrics);
        return ReproductionRuns.Read(
            run, $"{RunFiles.Summary} or {RunFiles.Metrics}", "Delete the run's folder, and train it again.",
            () => Of(summary, [.. metrics.Select(RecordJson.Read<MetricsLine>).Where(line => line.Measured?.Of("test") is not null).Select(PointOf)]));
    }

    private static Figure6Result Of(RunSummary summary, Figure6Point[] points) => new()
    {
        Seed = summary.Seed,
        Steps = summary.Steps,
        Points = points.Length > 0 ? points : throw new FormatException("nothing was measured."),
        ModulesUsed = summary.Measured.Selection?.Usage.Used,
        WallSeconds = summary.WallSeconds,
        StepMilliseconds = summary.StepMilliseconds.GradientStepIfAny,
        EStepMilliseconds = summary.StepMilliseconds.EStepIfAny,
        Threads = summary.Environment.Threads,
        Simd = summary.Environment.Simd,
        Version = summary.Environment.Version,
    };

    private static Figure6Point PointOf(MetricsLine line)
    {
        var measured = line.Measured!;
        return new Figure6Point(
            line.Step,
            measured.Required("train", "accuracy"),
            measured.Of("train")!["storedAccuracy"],
            measured.Required("test", "accuracy"),
            measured.Selection?.SelectionEntropy,
            measured.Selection?.BatchSelectionEntropy);
    }
}
