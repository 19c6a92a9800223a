using System.Globalization;
using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>Numbers of tables and figures for readers.</summary>
internal static class ReportText
{
    /// <summary>The text where there is no number.</summary>
    public const string None = "-";

    /// <summary>A mean, with the lowest and the highest number if they differ.</summary>
    public static string Of(SeedSpread? spread, string format)
    {
        if (spread is null)
            return None;
        string mean = Of(spread.Mean, format), lowest = Of(spread.Lowest, format), highest = Of(spread.Highest, format);
        return lowest == highest ? mean : $"{mean} ({lowest} to {highest})";
    }

    /// <summary>A number; one that rounds to zero has no sign.</summary>
    public static string Of(double value, string format)
    {
        string text = value.ToString(format, CultureInfo.InvariantCulture);
        return text.StartsWith('-') && double.Parse(text, CultureInfo.InvariantCulture) == 0 ? text[1..] : text;
    }

    /// <summary>The different texts of some runs, with commas.</summary>
    public static string Distinct<TResult>(IEnumerable<TResult> runs, Func<TResult, string> text) =>
        string.Join(", ", runs.Select(text).Distinct());

    /// <summary>The notes below a table or figure that tell where its numbers come from.</summary>
    /// <param name="origin">The origin of the numbers.</param>
    /// <param name="runs">All runs.</param>
    public static IEnumerable<string> OriginNotes(Origin origin, IReadOnlyList<IRunResult> runs)
    {
        var machine = origin.Machine;
        yield return $"- `{origin.Command}`, preset `{origin.Preset}`, modnet {Distinct(runs, run => run.Version)}.";
        yield return $"- {machine.Processor}, {Counted.Of(machine.Cores, "core")}, {machine.System}, {machine.Runtime}, {Distinct(runs, run => run.Simd)}; threads a run: "
            + $"{Distinct(runs, run => $"{run.Threads}")}; all runs together {Of(runs.Sum(run => run.WallSeconds), "F0")} s.";
    }
}
