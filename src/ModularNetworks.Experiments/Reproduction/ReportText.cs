using System.Globalization;

namespace ModularNetworks.Experiments;

/// <summary>Numbers of tables and figures for readers.</summary>
internal static class ReportText
{
    /// <summary>What stands where there is no number.</summary>
    public const string None = "-";

    /// <summary>A mean, with the lowest and the highest number if they differ.</summary>
    public static string Of(SeedSpread? spread, string format)
    {
        if (spread is null)
            return None;
        string mean = Of(spread.Mean, format), lowest = Of(spread.Lowest, format), highest = Of(spread.Highest, format);
        return lowest == highest ? mean : $"{mean} ({lowest} to {highest})";
    }

    /// <summary>A number.</summary>
    public static string Of(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>The different texts of some runs, with commas.</summary>
    public static string Distinct<TResult>(IEnumerable<TResult> runs, Func<TResult, string> text) =>
        string.Join(", ", runs.Select(text).Distinct());

    /// <summary>What runs ran on.</summary>
    public static string Place(Machine machine) =>
        $"{machine.Processor}, {machine.Cores} cores, {machine.System}, {machine.Runtime}";
}
