namespace ModularNetworks.Experiments;

/// <summary>Mean times of steps, in milliseconds.</summary>
/// <param name="MStep">A gradient step; 0 if there was none.</param>
/// <param name="EStep">An E-step; 0 if there was none.</param>
public sealed record StepMilliseconds(double MStep, double EStep)
{
    /// <summary>A gradient step; null if there was none.</summary>
    public double? MStepIfAny => MStep > 0 ? MStep : null;

    /// <summary>An E-step; null if there was none.</summary>
    public double? EStepIfAny => EStep > 0 ? EStep : null;
}
