using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments;

/// <summary>What a run of a table came to.</summary>
public sealed record RunResult : IRunResult
{
    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The number of gradient steps.</summary>
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

    /// <summary>How long the run took with its measurements, in seconds.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>The mean time of a gradient step since the run was last resumed, in milliseconds; null if none was left.</summary>
    public double? StepMilliseconds { get; init; }

    /// <summary>The mean time of an E-step since the run was last resumed, in milliseconds; null if there was none.</summary>
    public double? EStepMilliseconds { get; init; }

    /// <summary>The number of threads.</summary>
    public required int Threads { get; init; }

    /// <summary>The instruction set that the kernels used.</summary>
    public required string Simd { get; init; }

    /// <summary>The version of the tool.</summary>
    public required string Version { get; init; }

    /// <summary>Reads a run's results from its summary.</summary>
    /// <param name="run">The run's name.</param>
    /// <param name="summary">What <c>summary.json</c> holds.</param>
    /// <exception cref="RunException">Something is missing there.</exception>
    public static RunResult Read(string run, JsonObject summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        try
        {
            return Read(summary);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new RunException(
                $"{run}: summary.json is damaged: {exception.Message} Delete it, and go on with the run.", exception);
        }
    }

    private static RunResult Read(JsonObject summary) => new()
    {
        Seed = SummaryEntry.Of(summary, "seed").GetValue<ulong>(),
        Steps = SummaryEntry.Of(summary, "steps").GetValue<long>(),
        Test = SummaryEntry.Of(summary, "test", "perplexity").GetValue<double>(),
        TestStream = summary["test"]?["streamPerplexity"]?.GetValue<double>(),
        Valid = SummaryEntry.Of(summary, "valid", "perplexity").GetValue<double>(),
        Train = Math.Exp(-SummaryEntry.Of(summary, "train", "logLikelihood").GetValue<double>()),
        BestStep = summary["best"]?["step"]?.GetValue<long>(),
        BestValid = summary["best"]?["valid"]?.GetValue<double>(),
        BestTest = summary["best"]?["test"]?.GetValue<double>(),
        SelectionEntropy = summary["selectionEntropy"]?.GetValue<double>(),
        BatchSelectionEntropy = summary["batchSelectionEntropy"]?.GetValue<double>(),
        ModulesUsed = summary["usage"]?.AsArray() is { } usage ? Experiments.ModulesUsed.Count(usage) : null,
        WallSeconds = SummaryEntry.Of(summary, "wallSeconds").GetValue<double>(),
        StepMilliseconds = SummaryEntry.Time(summary, "m"),
        EStepMilliseconds = SummaryEntry.Time(summary, "e"),
        Threads = SummaryEntry.Of(summary, "threads").GetValue<int>(),
        Simd = SummaryEntry.Of(summary, "simd").GetValue<string>(),
        Version = SummaryEntry.Of(summary, "version").GetValue<string>(),
    };
}
