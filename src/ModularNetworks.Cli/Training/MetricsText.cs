using System.Globalization;
using System.Text;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Training;

/// <summary>Metrics as text for people.</summary>
internal static class MetricsText
{
    // Above it digits are no help; a metric in the units of a target may be of any size.
    private const double MostPlain = 1e9;

    private static readonly string[] Order = ["train", "valid", "test"];

    /// <summary>A line of metrics: the step, then name and number of what was measured.</summary>
    public static string Line(MetricsLine metrics)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"step {metrics.Step,6}");
        Append(text, "log-likelihood", metrics.Training.Train?.LogLikelihood);
        Append(text, "selection", metrics.Training.Train?.SelectionLogProbability);
        Append(text, "changed", metrics.Training.EStep?.ChangedShare);
        if (metrics.Measured is { } measured)
            AppendMeasured(text, measured);
        if (metrics.Training.SkippedSteps > 0)
            text.Append(CultureInfo.InvariantCulture, $"   skipped {metrics.Training.SkippedSteps}");
        if (metrics.CommunicationSeconds is { } seconds)
            text.Append(CultureInfo.InvariantCulture, $"   communication {seconds:F1} of {metrics.Seconds:F1} s");
        return text.ToString();
    }

    /// <summary>A measurement: name and number of what was measured.</summary>
    public static string Measured(Measurement measured)
    {
        var text = new StringBuilder();
        AppendMeasured(text, measured);
        return text.ToString().TrimStart();
    }

    private static void AppendMeasured(StringBuilder text, Measurement measured)
    {
        // Known parts first, then those of experiments from elsewhere.
        foreach (var split in measured.Splits.OrderBy(split => (uint)Array.IndexOf(Order, split.Name)))
        {
            foreach (var (name, value) in split.Numbers)
                AppendNumber(text, split.Name, name, value);
        }
        if (measured.Selection is not { } selection)
            return;
        Append(text, "H_a", selection.SelectionEntropy);
        Append(text, "H_b", selection.BatchSelectionEntropy);
        AppendUsage(text, selection.Usage);
    }

    private static void AppendNumber(StringBuilder text, string split, string name, double? value)
    {
        switch (name)
        {
            case "storedAccuracy": Append(text, "with a*", value); break;
            case "storedLoss": Append(text, "with a*", value, "G4"); break;
            case "perplexity": Append(text, $"{split} perplexity", value, "F2"); break;
            case "bitsPerCharacter": Append(text, $"{split} bits/character", value); break;
            case "loss": Append(text, $"{split} loss", value, "G4"); break;
            case "logLikelihood" or "streamPerplexity": break; // Files hold them; in a line they would hide the others.
            case not null when name.StartsWith("accuracyOf", StringComparison.Ordinal): break;
            case "hidden" or "output" when split == "modulesOfTasks": Append(text, $"{name} modules", value, "F0"); break;
            default: Append(text, $"{split} {name}", value); break;
        }
    }

    /// <summary>The modules' shares, or, where there are several layers, how many modules each layer uses.</summary>
    private static void AppendUsage(StringBuilder text, ModuleUsage usage)
    {
        if (usage.Layers.Count == 0)
            return;
        if (usage.IsOfOneLayer)
            text.Append("   usage ").AppendJoin(' ', usage.Layers[0].Select(share => Number(share, "P0")));
        else
            text.Append("   modules used ").AppendJoin(' ', usage.Used);
    }

    private static void Append(StringBuilder text, string name, double? value, string format = "F4")
    {
        if (value is { } number)
            text.Append("   ").Append(name).Append(' ').Append(Number(number, Math.Abs(number) < MostPlain ? format : "0.0000e0"));
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
