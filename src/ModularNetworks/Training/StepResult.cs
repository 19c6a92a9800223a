namespace ModularNetworks;

/// <summary>The mean log-probabilities of a mini-batch before a gradient step.</summary>
/// <param name="LogLikelihood">
/// The mean of log p(y|x, a, θ), in nats per datapoint; a is a* in an M-step, and what the method selects in others.
/// </param>
/// <param name="SelectionLogProbability">The mean of log p(a|x, φ), in nats per datapoint; 0 without a controller.</param>
public readonly record struct StepResult(double LogLikelihood, double SelectionLogProbability)
{
    /// <summary>The result of a step that was left out: no numbers.</summary>
    public static StepResult Skipped { get; } = new(double.NaN, double.NaN);

    /// <summary>Whether the step was left out.</summary>
    public bool IsSkipped => double.IsNaN(LogLikelihood);
}
