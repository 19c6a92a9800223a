using System.Globalization;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Reproduction;

/// <summary>The view of the benchmark suite: a line for each method in each table, with its latest run.</summary>
internal static class SuiteView
{
    /// <summary>The task and the trial of each method's latest run, and its validation numbers.</summary>
    public static ReproductionView<SuiteSeries, SuiteResult> Create() => new(
        "method",
        [
            new("task", _ => null, _ => null, series => series.Task.Name),
            new("trial", _ => null, _ => null, series => series.Trial is { } trial ? $"{trial + 1}" : ""),
            // A line of metrics names its splits, and a suite's runs measure the validation data alone.
            new("valid", line => line.Measured?.Splits is [{ Numbers: [var (_, value), ..] }, ..] ? Number(value) : null, result => Number(result.Valid), _ => ""),
            new("test", _ => null, result => Number(result.Test), _ => ""),
        ],
        Describe)
    {
        LineOf = series => series.Table == SuiteTable.Training ? $"{series.Method.Name}, longer" : series.Method.Name,
    };

    private static string Describe(SeedRun<SuiteSeries> run, SuiteResult result)
    {
        string test = result.Test is { } value ? $", test {Number(value)}" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{run.Series.Task.Metric} valid {Number(result.Valid)}{test}, {result.WallSeconds:F1} s");
    }

    private static string? Number(double? value) => value?.ToString("F4", CultureInfo.InvariantCulture);
}
