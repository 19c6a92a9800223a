using System.Globalization;
using ModularNetworks.Benchmarks;

namespace ModularNetworks.Cli.Benchmarking;

/// <summary>Numbers in the tables of benchmarks.</summary>
internal static class Figures
{
    /// <summary>A number, the same in every culture.</summary>
    public static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>Median, and fastest and slowest.</summary>
    public static string Range(Spread spread, string format) =>
        $"{Number(spread.Median, format)} [{Number(spread.Min, format)}..{Number(spread.Max, format)}]";
}
