using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Training;

/// <summary>Metrics as text for people.</summary>
internal static class MetricsText
{
    /// <summary>A line of metrics: the step, then name and number of what was measured.</summary>
    public static string Line(JsonObject metrics)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"step {metrics["step"]!.GetValue<long>(),6}");
        Append(text, "log-likelihood", metrics["train"]?["logLikelihood"]);
        Append(text, "selection", metrics["train"]?["selectionLogProbability"]);
        Append(text, "changed", metrics["eStep"]?["changedShare"]);
        AppendMeasured(text, metrics);
        if (metrics["skippedSteps"] is { } skipped)
            text.Append("   skipped ").Append(skipped.ToJsonString());
        return text.ToString();
    }

    /// <summary>The text of measurements.</summary>
    public static string Measured(JsonObject measured)
    {
        var text = new StringBuilder();
        AppendMeasured(text, measured);
        return text.ToString().TrimStart();
    }

    private static void AppendMeasured(StringBuilder text, JsonObject metrics)
    {
        Append(text, "train accuracy", metrics["train"]?["accuracy"]);
        Append(text, "with a*", metrics["train"]?["storedAccuracy"]);
        foreach (string split in (string[])["valid", "test"])
        {
            Append(text, $"{split} accuracy", metrics[split]?["accuracy"]);
            Append(text, $"{split} perplexity", metrics[split]?["perplexity"], "F2");
            Append(text, $"{split} loss", metrics[split]?["loss"], "G4");
        }
        Append(text, "H_a", metrics["selectionEntropy"]);
        Append(text, "H_b", metrics["batchSelectionEntropy"]);
        if (metrics["usage"] is JsonArray { Count: > 0 } usage)
            AppendUsage(text, usage);
    }

    /// <summary>The modules' shares, or, where there are several layers, how many modules each layer uses.</summary>
    private static void AppendUsage(StringBuilder text, JsonArray usage)
    {
        if (usage[0] is not JsonArray)
            text.Append("   usage ").AppendJoin(' ', usage.Select(share => Number(share!, "P0")));
        else
            text.Append("   modules used ").AppendJoin(' ', usage.Select(layer => ModulesUsed.Count(layer!.AsArray())));
    }

    private static void Append(StringBuilder text, string name, JsonNode? value, string format = "F4")
    {
        if (value is not null)
            text.Append("   ").Append(name).Append(' ').Append(Number(value, format));
    }

    private static string Number(JsonNode value, string format) =>
        value.GetValue<double>().ToString(format, CultureInfo.InvariantCulture);
}
