namespace ModularNetworks.Experiments;

/// <summary>
/// Counts the multiply-adds of a training. A gradient step costs three predictions for each row: one forward, two backward, for the
/// gradients of weights and of inputs. An E-step costs one prediction for each candidate of each datapoint. A step by expected scores also
/// costs one prediction for each selection.
/// <code>
/// steps * batch * units * samples * 3 * prediction  +  E-steps * batch * units * candidates * prediction
/// </code>
/// Samples are those of REINFORCE, all compositions by soft EM, else 1. The stored composition is a candidate. What candidates share is counted for each of them, and
/// optimiser, measurements and the search for a start are not counted.
/// </summary>
public static class TrainingOperations
{
    private const int PredictionsPerGradient = 3;

    /// <summary>The multiply-adds of all steps.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="experiment">What the run trains.</param>
    /// <returns>Null if the experiment does not count its predictions.</returns>
    public static double? Of(RunOptions options, Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(experiment);
        if (experiment.PredictionOperations is not { } prediction)
            return null;
        long samples = options.Method == TrainingMethods.Reinforce ? options.Reinforce.RewardSamples : 1;
        double runs = ((double)(options.Steps - options.Em.SoftUntil) * samples)
            + (options.Em.SoftUntil * (experiment.Trainer.ScoredSelections ?? 0.0));
        double predictions = (runs * PredictionsPerGradient)
            + (experiment.EStepPredictions ?? (ESteps(options) * Candidates(options, experiment)))
            + (ExpectedSteps(options) * (experiment.Trainer.ScoredSelections ?? 0.0));
        return predictions * options.BatchSize * experiment.UnitsPerDatapoint * prediction;
    }

    private static long ExpectedSteps(RunOptions options) => options.Method == TrainingMethods.Expected
        ? options.Steps
        : options.Expected.ExpectedAfter > 0 ? Math.Max(0, ExpectedUntil(options) - options.Expected.ExpectedAfter) : 0;

    private static long ExpectedUntil(RunOptions options) =>
        options.Expected.ExpectedUntil > 0 ? Math.Min(options.Expected.ExpectedUntil, options.Steps) : options.Steps;

    private static long ESteps(RunOptions options)
    {
        if (options.Method != TrainingMethods.Em)
            return 0;
        var em = new ViterbiEmOptions { MStepsPerEStep = options.Em.MStepsPerEStep };
        long again = options.Steps - ExpectedUntil(options);
        return em.ESteps(options.Steps - options.Em.SoftUntil - ExpectedSteps(options) - again) + em.ESteps(again);
    }

    private static double Candidates(RunOptions options, Experiment experiment) => options.Em.Candidates switch
    {
        // By key, every selection is scored.
        _ when options.Em.Key != CompositionKeys.Datapoint => experiment.Trainer.ScoredSelections ?? 0.0,
        EStepCandidates.Sampled or EStepCandidates.Distinct => options.Em.Samples + 1.0,
        EStepCandidates.Exhaustive => experiment.Trainer.Compositions?.Layout.CompositionCount ?? 0,
        // All selections at every time step, then the stored trajectory and the one that was found.
        EStepCandidates.Greedy => Math.Pow(options.Modules, options.Picks) + 2,
        _ => throw new ArgumentException($"TrainingOperations: there are no candidates {options.Em.Candidates}."),
    };
}
