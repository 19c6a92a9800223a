using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>
/// An experiment of the suite as its runs see it: while it trains, only the validation data are measured; the test data are measured and
/// inspected once, after the last step of a final run, and never by a trial.
/// </summary>
/// <param name="inner">The experiment.</param>
/// <param name="series">The runs.</param>
/// <param name="isInspected">Whether a final run looks what each module does.</param>
/// <param name="kernels">Does the arithmetic.</param>
internal sealed class SuiteExperiment(Experiment inner, SuiteSeries series, bool isInspected, Kernels kernels) : Experiment(kernels)
{
    /// <inheritdoc/>
    public override ITrainer Trainer => inner.Trainer;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => inner.Parameters;

    /// <inheritdoc/>
    public override int UnitsPerDatapoint => inner.UnitsPerDatapoint;

    /// <inheritdoc/>
    public override long? PredictionOperations => inner.PredictionOperations;

    /// <inheritdoc/>
    internal override double? EStepPredictions => inner.EStepPredictions;

    /// <inheritdoc/>
    public override string DataFingerprint => inner.DataFingerprint;

    /// <inheritdoc/>
    public override Preprocessing? Preprocessing => inner.Preprocessing;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Splits => inner.Splits;

    /// <inheritdoc/>
    public override Measurement Evaluate(string split) => inner.Evaluate(split);

    /// <inheritdoc/>
    public override Measurement Evaluate(double bestValid) => inner.Evaluate(series.Task.ValidSplit);

    /// <inheritdoc/>
    public override NetworkInspection? Inspect() => series.IsTrial || !isInspected ? null : inner.Inspect();

    /// <inheritdoc/>
    public override Measurement Complete(Measurement measured)
    {
        ArgumentNullException.ThrowIfNull(measured);
        string test = series.Task.TestSplit;
        return series.IsTrial ? measured : measured.With(inner.Evaluate(test).Of(test)!);
    }
}
