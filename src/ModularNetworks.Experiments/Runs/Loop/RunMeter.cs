namespace ModularNetworks.Experiments;

/// <summary>Measures the network of a run, and lets no number through that is not finite.</summary>
/// <param name="run">The run.</param>
internal sealed class RunMeter(RunParts run)
{
    private Measurement? _last;

    /// <summary>Measures the network on held-out data, and keeps the best step.</summary>
    /// <exception cref="NonFiniteLossException">A measurement is not a finite number.</exception>
    public Measurement Measure(RunProgress progress)
    {
        double best = progress.Best?.Valid ?? double.PositiveInfinity;
        var measured = run.Experiment.Evaluate(best);
        RequireFinite("Evaluation", measured);
        progress.Keep(run.Steps, measured);
        // The summary needs the last one again.
        _last = run.Steps == run.Options.Steps ? measured : null;
        return measured;
    }

    /// <summary>The measurement after the last step, with what only the summary holds.</summary>
    /// <exception cref="NonFiniteLossException">A measurement is not a finite number.</exception>
    public Measurement MeasureAtEnd(RunProgress progress)
    {
        var measured = run.Experiment.Complete(_last ?? Measure(progress));
        RequireFinite("Evaluation", measured);
        return measured;
    }

    /// <summary>Checks every number of a record that will be written.</summary>
    /// <param name="source">The source of the numbers, for the message.</param>
    /// <param name="record">The record.</param>
    /// <exception cref="NonFiniteLossException">One is infinite or no number: training diverged.</exception>
    public void RequireFinite(string source, object record)
    {
        try
        {
            FiniteNumbers.Require(source, record);
        }
        catch (NonFiniteLossException exception)
        {
            throw Divergence.AfterStep(exception, run.Steps, run.LastCheckpoint);
        }
    }
}
