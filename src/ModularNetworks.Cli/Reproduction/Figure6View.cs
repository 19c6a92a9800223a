using System.Globalization;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Reproduction;

/// <summary>The view of a reproduction of Figure 6.</summary>
internal static class Figure6View
{
    /// <summary>Accuracies of each variant's latest run.</summary>
    public static ReproductionView<Figure6Variant, Figure6Result> Create() => new(
        "variant",
        [
            new("train", line => Accuracy(line, "train"), result => Number(result.Points[^1].TrainAccuracy), _ => ""),
            new("test", line => Accuracy(line, "test"), result => Number(result.Points[^1].TestAccuracy), _ => ""),
        ],
        (_, result) => string.Create(
            CultureInfo.InvariantCulture,
            $"training accuracy {result.Points[^1].TrainAccuracy:F4}, test accuracy {result.Points[^1].TestAccuracy:F4}, "
            + $"{result.WallSeconds:F1} s"));

    private static string? Accuracy(MetricsLine line, string split) =>
        line.Measured?.Of(split)?["accuracy"] is { } value ? Number(value) : null;

    private static string Number(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
}
