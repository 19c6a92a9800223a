using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>The data that methods are compared on, as the network of the options reads them.</summary>
/// <param name="Options">The options, with a share of the data for validation.</param>
/// <param name="Fingerprint">The fingerprint of the data.</param>
/// <param name="Metric">The name of the number that methods are compared by.</param>
/// <param name="HigherIsBetter">Whether more of it is better.</param>
/// <param name="Column">A column of a table whose categories modules may begin with; null if there is none.</param>
/// <param name="EvaluationSeconds">The seconds in which the network measured the validation data.</param>
/// <param name="PredictionOperations">The multiply-adds of its prediction; at least 1.</param>
/// <param name="Notes">Lines of text about how the data were read.</param>
internal sealed record ComparedData(
    RunOptions Options,
    string Fingerprint,
    string Metric,
    bool HigherIsBetter,
    string? Column,
    double EvaluationSeconds,
    long PredictionOperations,
    IReadOnlyList<string> Notes)
{
    private const string ValidSplit = "valid";
    private const int ValidPart = 10;

    // What data have of these comes first; the rest is what experiments measure beside it.
    private static readonly (string Name, bool HigherIsBetter)[] Metrics =
    [
        ("accuracy", true), ("r2", true), ("bitsPerCharacter", false), ("bitsPerByte", false), ("perplexity", false), ("loss", false),
    ];

    /// <summary>Reads the data and makes a network, to look at what they are.</summary>
    /// <param name="options">The options of EM.</param>
    /// <param name="experiments">Make the network.</param>
    /// <param name="time">Tells the time.</param>
    /// <exception cref="RunException">There is nothing to compare methods by.</exception>
    public static ComparedData Look(RunOptions options, ExperimentCatalogue experiments, TimeProvider time)
    {
        using var workers = new WorkerPool(1);
        var kernels = SimdKernels.Create(workers);
        var experiment = experiments.Create(options, kernels);
        if (!experiment.Splits.Contains(ValidSplit) && options is ImageClassifierOptions { ValidImages: 0 } images)
        {
            options = images with { ValidImages = Math.Max(1, experiment.Trainer.Compositions!.Count / ValidPart) };
            experiment = experiments.Create(options, kernels);
        }
        long start = time.GetTimestamp();
        var valid = experiment.Evaluate(ValidSplit).Of(ValidSplit);
        double seconds = time.GetElapsedTime(start).TotalSeconds;
        var (metric, higherIsBetter) = Metrics.FirstOrDefault(one => valid?[one.Name] is not null);
        return metric is not null
            ? new ComparedData(
                options,
                experiment.DataFingerprint,
                metric,
                higherIsBetter,
                ColumnOf(options, experiment),
                seconds,
                Math.Max(1, experiment.PredictionOperations.GetValueOrDefault()),
                [.. experiment.Preparations()])
            : throw new RunException($"compare: experiment {options.Experiment} has no validation data, or no number to compare methods by.");
    }

    /// <summary>The column of categories whose number is nearest to that of the modules.</summary>
    private static string? ColumnOf(RunOptions options, Experiment experiment)
    {
        if (options is not TableOptions { Em.Start: CompositionStarts.Clusters, Reading.ClusterColumns: "" } || experiment is not TableExperiment { TableEncoding: { } encoding })
            return null;
        // Names are given with commas between them.
        return encoding.Columns
            .Where(column => column.Kind == ColumnKind.Category && !column.Name.Contains(',', StringComparison.Ordinal))
            .MinBy(column => Math.Abs(Math.Log((double)column.Features() / options.Modules)))?.Name;
    }
}
