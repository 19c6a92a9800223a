using System.Globalization;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Reproduction;

/// <summary>The view of a reproduction of Table 1.</summary>
internal static class Table1View
{
    /// <summary>Perplexities of each row's latest run beside the paper's.</summary>
    public static ReproductionView<Table1Row, RunResult> Create() => new(
        "row",
        [
            new(
                "train",
                line => line.Training.Train?.LogLikelihood is { } value ? Number(Math.Exp(-value)) : null,
                result => Number(result.Train),
                _ => ""),
            new("valid", line => Perplexity(line, "valid"), result => Number(result.Valid), _ => ""),
            new("test", line => Perplexity(line, "test"), result => Number(result.Test), _ => ""),
            new("paper", _ => null, _ => null, row => Number(row.Paper)),
        ],
        (run, result) => string.Create(
            CultureInfo.InvariantCulture,
            $"test perplexity {result.Test:F2}, {result.BestTest:F2} at the best step {result.BestStep} (paper "
            + $"{run.Series.Paper:F2}), {result.WallSeconds:F1} s"));

    private static string? Perplexity(MetricsLine line, string split) =>
        line.Measured?.Of(split)?["perplexity"] is { } value ? Number(value) : null;

    private static string Number(double value) => value.ToString("F1", CultureInfo.InvariantCulture);
}
