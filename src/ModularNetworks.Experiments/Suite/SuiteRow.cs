using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>A row of the suite's report: a method on a task.</summary>
/// <remarks>In <c>suite.json</c> the measures stand before the share of the gap.</remarks>
public sealed record SuiteRow : SuiteMeasures
{
    /// <summary>Creates a row without measures.</summary>
    public SuiteRow()
    {
    }

    /// <summary>Creates a row.</summary>
    /// <param name="measures">The measures of the row's runs.</param>
    internal SuiteRow(SuiteMeasures measures)
        : base(measures)
    {
    }

    /// <summary>The task's name.</summary>
    public required string Task { get; init; }

    /// <summary>The method's name.</summary>
    public required string Method { get; init; }

    /// <summary>M, the number of modules.</summary>
    public required int Modules { get; init; }

    /// <summary>The number of modules that run at once: K, or the number that are mixed.</summary>
    public required int Picks { get; init; }

    /// <summary>The name of the number that was measured.</summary>
    public required string Metric { get; init; }

    /// <summary>Whether more of it is better.</summary>
    public required bool HigherIsBetter { get; init; }

    /// <summary>The number of seeds.</summary>
    public int Seeds => Runs.Values.Count;

    /// <summary>The mean over the seeds, on test data after the last step.</summary>
    public double Mean => Runs.Values.Average();

    /// <summary>The 95 % confidence interval of the mean, low and high; null for one seed.</summary>
    public IReadOnlyList<double>? Interval => EndsOf(MeanInterval.Of(Runs.Values));

    /// <summary>The difference to dense in the same table, paired by seed; null for dense itself, and where it is not finished.</summary>
    public SuiteDifference? DifferenceToDense { get; init; }

    /// <summary>The multiply-adds of a prediction.</summary>
    public required long PredictionOperations { get; init; }

    /// <summary>The multiply-adds of a training.</summary>
    public required double TrainingOperations { get; init; }

    /// <summary>
    /// The share of the gap between dense and dense-wide that is closed; null for these two, where one of them is not finished, and where there is
    /// no gap.
    /// </summary>
    [JsonPropertyOrder(1)] // after the measures
    public SuiteGap? GapClosed { get; init; }

    /// <summary>The table that the row is in.</summary>
    [JsonPropertyOrder(1)]
    public required SuiteTable Table { get; init; }

    /// <summary>Whether the task is a control.</summary>
    [JsonPropertyOrder(1)]
    public required bool IsControl { get; init; }

    /// <summary>The result that the row is: against dense, with the operations that the table compares.</summary>
    [JsonPropertyOrder(1)]
    public SuiteVerdict Verdict { get; init; }

    /// <summary>The runs that the row is made of.</summary>
    [JsonPropertyOrder(1)]
    public required SuiteRuns Runs { get; init; }

    /// <summary>The ends of an interval as files have them.</summary>
    internal static IReadOnlyList<double>? EndsOf(MeanInterval? interval) => interval is null ? null : [interval.Low, interval.High];
}
