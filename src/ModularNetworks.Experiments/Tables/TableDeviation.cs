using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>The standard deviation of the Gaussian around the numbers that a trained network predicts.</summary>
internal static class TableDeviation
{
    private const string Split = "valid";
    private const string Loss = "loss";

    /// <summary>
    /// σ in the target's own units; null for classes. Its variance is the most likely one for the validation rows: their mean squared error. Of a
    /// run that has measured none, it is the variance that the training assumed.
    /// </summary>
    /// <exception cref="RunException">The run's files are damaged.</exception>
    public static double? Of(RunFolder run, TableOptions options, TableTarget target) => target.Classes is null
        ? target.Deviation * Math.Sqrt(run.ReadSummary()?.Measured.Of(Split)?[Loss] ?? LastLossOf(run) ?? options.NoiseVariance)
        : null;

    private static double? LastLossOf(RunFolder run)
    {
        try
        {
            return run.Metrics.Read().Select(line => RecordJson.Read<MetricsLine>(line).Measured?.Of(Split)?[Loss]).LastOrDefault(loss => loss is not null);
        }
        catch (FormatException exception)
        {
            throw new RunException($"{Path.Join(run.FullPath, RunFiles.Metrics)}: a line is no line of metrics: {exception.Message} Train again.", exception);
        }
    }
}
