using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments;

/// <summary>What a run of the figure came to.</summary>
public sealed record Figure6Result : IRunResult
{
    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <inheritdoc/>
    public required long Steps { get; init; }

    /// <summary>What was measured, in the order of steps; the last one after the last step.</summary>
    public required IReadOnlyList<Figure6Point> Points { get; init; }

    /// <summary>
    /// For every layer, the number of modules whose share of the most probable picks on test images is above a tenth of 1/M;
    /// null if nothing is selected.
    /// </summary>
    public IReadOnlyList<int>? ModulesUsed { get; init; }

    /// <summary>How long the run took with its measurements, in seconds.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>The mean time of a gradient step since the run was last resumed, in milliseconds; null if none was left.</summary>
    public required double? StepMilliseconds { get; init; }

    /// <summary>The mean time of an E-step since the run was last resumed, in milliseconds; null if there was none.</summary>
    public required double? EStepMilliseconds { get; init; }

    /// <summary>The number of threads.</summary>
    public required int Threads { get; init; }

    /// <summary>The instruction set that the kernels used.</summary>
    public required string Simd { get; init; }

    /// <summary>The version of the tool.</summary>
    public required string Version { get; init; }

    /// <summary>Reads a run's results from its summary and its metrics.</summary>
    /// <param name="run">The run's name.</param>
    /// <param name="summary">What <c>summary.json</c> holds.</param>
    /// <param name="metrics">The lines of <c>metrics.jsonl</c>.</param>
    /// <exception cref="RunException">Something is missing there.</exception>
    public static Figure6Result Read(string run, JsonObject summary, IEnumerable<JsonObject> metrics)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(metrics);
        try
        {
            return Of(RunJson.ReadSummary(summary), [.. metrics.Where(line => line["test"] is not null).Select(PointOf)]);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new RunException(
                $"{run}: summary.json or metrics.jsonl is damaged: {exception.Message} Delete the run's folder, and train it again.",
                exception);
        }
    }

    private static Figure6Result Of(RunSummary summary, Figure6Point[] points) => new()
    {
        Seed = summary.Seed,
        Steps = summary.Steps,
        Points = points.Length > 0 ? points : throw new FormatException("nothing was measured."),
        ModulesUsed = summary.Measured.Selection?.Usage.Used,
        WallSeconds = summary.WallSeconds,
        StepMilliseconds = summary.StepMilliseconds.MStepIfAny,
        EStepMilliseconds = summary.StepMilliseconds.EStepIfAny,
        Threads = summary.Environment.Threads,
        Simd = summary.Environment.Simd,
        Version = summary.Environment.Version,
    };

    private static Figure6Point PointOf(JsonObject line)
    {
        var measured = MeasurementJson.Read(line);
        return new Figure6Point(
            JsonEntry.Of(line, "step").GetValue<long>(),
            measured.Required("train", "accuracy"),
            measured.Of("train")!["storedAccuracy"],
            measured.Required("test", "accuracy"),
            measured.Selection?.SelectionEntropy,
            measured.Selection?.BatchSelectionEntropy);
    }
}
