using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments;

/// <summary>Writes and reads lines of metrics and summaries of runs.</summary>
public static class RunJson
{
    /// <summary>A line of <c>metrics.jsonl</c>.</summary>
    public static JsonObject Write(MetricsLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var written = new JsonObject { ["step"] = line.Step };
        Merge(written, Write(line.Training));
        if (line.Measured is { } measured)
            Merge(written, MeasurementJson.Write(measured));
        if (line.Warnings.Count > 0)
            written["warnings"] = new JsonArray([.. line.Warnings.Select(warning => (JsonNode)warning)]);
        written["seconds"] = line.Seconds;
        return written;
    }

    /// <summary>The content of <c>summary.json</c>.</summary>
    public static JsonObject Write(RunSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var written = new JsonObject
        {
            ["experiment"] = summary.Experiment,
            ["method"] = summary.Method,
            ["modules"] = summary.Modules,
            ["parallel"] = summary.Picks,
            ["seed"] = summary.Seed,
            ["steps"] = summary.Steps,
            ["train"] = new JsonObject { ["logLikelihood"] = summary.TrainLogLikelihood },
        };
        Merge(written, MeasurementJson.Write(summary.Measured));
        if (summary.Best is { } best)
            written["best"] = RecordJson.Write(best);
        if (summary.SkippedSteps > 0)
            written["skippedSteps"] = summary.SkippedSteps;
        if (summary.PredictionOperations is { } prediction)
            written["predictionOperations"] = prediction;
        if (summary.TrainingOperations is { } training)
            written["trainingOperations"] = training;
        written["wallSeconds"] = summary.WallSeconds;
        written["stepMilliseconds"] = new JsonObject { ["m"] = summary.StepMilliseconds.GradientStep, ["e"] = summary.StepMilliseconds.EStep };
        written["peakResidentBytes"] = summary.Environment.PeakResidentBytes;
        written["version"] = summary.Environment.Version;
        written["simd"] = summary.Environment.Simd;
        written["threads"] = summary.Environment.Threads;
        return written;
    }

    /// <summary>Reads a summary; what tables and figures do not need may be missing.</summary>
    /// <exception cref="InvalidOperationException">An entry is of another kind.</exception>
    /// <exception cref="FormatException">An entry is missing.</exception>
    internal static RunSummary ReadSummary(JsonObject written) => new()
    {
        Experiment = written["experiment"]?.GetValue<string>() ?? "",
        Method = written["method"]?.GetValue<string>() ?? "",
        Modules = written["modules"]?.GetValue<int>() ?? 0,
        Picks = written["parallel"]?.GetValue<int>() ?? 0,
        Seed = JsonEntry.Of(written, "seed").GetValue<ulong>(),
        Steps = JsonEntry.Of(written, "steps").GetValue<long>(),
        TrainLogLikelihood = JsonEntry.Of(written, "train", "logLikelihood").GetValue<double>(),
        Measured = MeasurementJson.Read(written),
        Best = written["best"] is { } best ? RecordJson.Read<BestStep>(best) : null,
        SkippedSteps = written["skippedSteps"]?.GetValue<long>() ?? 0,
        PredictionOperations = written["predictionOperations"]?.GetValue<long>(),
        TrainingOperations = written["trainingOperations"]?.GetValue<double>(),
        WallSeconds = JsonEntry.Of(written, "wallSeconds").GetValue<double>(),
        StepMilliseconds = new StepMilliseconds(
            JsonEntry.Of(written, "stepMilliseconds", "m").GetValue<double>(), JsonEntry.Of(written, "stepMilliseconds", "e").GetValue<double>()),
        Environment = new RunEnvironment(
            written["peakResidentBytes"]?.GetValue<long>() ?? 0, JsonEntry.Of(written, "version").GetValue<string>(),
            JsonEntry.Of(written, "simd").GetValue<string>(), JsonEntry.Of(written, "threads").GetValue<int>()),
    };

    /// <summary>The means of gradient steps as a part of a line of metrics.</summary>
    private static JsonObject Write(TrainingAverages averages)
    {
        var written = new JsonObject();
        if (averages.LogLikelihood is { } logLikelihood)
            written["train"] = new JsonObject { ["logLikelihood"] = logLikelihood, ["selectionLogProbability"] = averages.SelectionLogProbability };
        if (averages.SkippedSteps > 0)
            written["skippedSteps"] = averages.SkippedSteps;
        if (averages.EStep is { } eStep)
            written["eStep"] = RecordJson.Write(eStep);
        if (averages.EStepVisits is { } visits && written["eStep"] is { } visited)
            visited["visits"] = visits;
        return written;
    }

    private static void Merge(JsonObject target, JsonObject part)
    {
        foreach (var (key, value) in part)
        {
            // Training data can be measured beside what the steps tell of them.
            if (target[key] is JsonObject there && value is JsonObject added)
                Merge(there, added);
            else
                target[key] = value?.DeepClone();
        }
    }
}
