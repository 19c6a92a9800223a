using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>The means of the gradient steps since the last line of metrics.</summary>
public sealed record TrainingAverages
{
    /// <summary>The gradient steps; null if all were left out.</summary>
    public StepAverages? Train { get; init; }

    /// <summary>The number of steps of the run that were left out since they were not finite.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long SkippedSteps { get; init; }

    /// <summary>The last E-step; null if there was none.</summary>
    public EStepAverages? EStep { get; init; }
}

/// <summary>The means of gradient steps, in nats per unit.</summary>
public sealed record StepAverages
{
    /// <summary>log p(y|x, a, θ).</summary>
    public double? LogLikelihood { get; init; }

    /// <summary>log p(a|x, φ).</summary>
    public double? SelectionLogProbability { get; init; }
}

/// <summary>The means of an E-step.</summary>
/// <param name="JointLogProbability">log p(y, a*|x), in nats per unit.</param>
/// <param name="ChangedShare">The share of datapoints whose composition changed.</param>
/// <param name="Visits">How often E-steps have visited a datapoint of the training set; null if it is not counted.</param>
public sealed record EStepAverages(double JointLogProbability, double ChangedShare, double? Visits = null);
