namespace ModularNetworks.Experiments;

/// <summary>The means of the gradient steps since the last line of metrics.</summary>
public sealed record TrainingAverages
{
    /// <summary>log p(y|x, a, θ), in nats per unit; null if all steps were left out.</summary>
    public double? LogLikelihood { get; init; }

    /// <summary>log p(a|x, φ), in nats per unit; null if all steps were left out.</summary>
    public double? SelectionLogProbability { get; init; }

    /// <summary>The number of steps of the run that were left out since they were not finite.</summary>
    public long SkippedSteps { get; init; }

    /// <summary>The last E-step, in nats per unit; null if there was none.</summary>
    public EStepResult? EStep { get; init; }

    /// <summary>How often E-steps have visited a datapoint of the training set, on average; null if there were none.</summary>
    public double? EStepVisits { get; init; }
}
