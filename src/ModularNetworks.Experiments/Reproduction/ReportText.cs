using System.Globalization;
using ModularNetworks.Engine;

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

    /// <summary>
    /// A mean with its interval, with so many decimals that two digits of the interval's width are seen, and no end looks like 0 that is not.
    /// </summary>
    /// <param name="mean">The mean.</param>
    /// <param name="interval">Low and high; null for one seed.</param>
    /// <param name="leastDigits">The number of decimals, at least.</param>
    /// <param name="mostDigits">The number of decimals, at most.</param>
    public static string Of(double mean, IReadOnlyList<double>? interval, int leastDigits = 4, int mostDigits = 9)
    {
        if (interval is not [var low, var high])
            return Of(mean, $"F{leastDigits}");
        int digits = Math.Max(DecimalsOf(high - low) + 1, Math.Max(DecimalsOf(low), DecimalsOf(high)));
        string format = $"F{Math.Clamp(digits, leastDigits, mostDigits)}";
        return $"{Of(mean, format)} ({Of(low, format)} to {Of(high, format)})";
    }

    /// <summary>The number of decimals with which the first digit of a number is seen.</summary>
    private static int DecimalsOf(double value) => value == 0 || !double.IsFinite(value) ? 0 : (int)-Math.Floor(Math.Log10(Math.Abs(value)));

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
