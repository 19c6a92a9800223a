using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>Mean times of steps, in milliseconds.</summary>
/// <param name="GradientStep">A gradient step, by EM an M-step; 0 if there was none.</param>
/// <param name="EStep">An E-step; 0 if there was none.</param>
public sealed record StepMilliseconds(
    [property: JsonPropertyName("m")] double GradientStep, [property: JsonPropertyName("e")] double EStep)
{
    /// <summary>A gradient step; null if there was none.</summary>
    [JsonIgnore]
    public double? GradientStepIfAny => GradientStep > 0 ? GradientStep : null;

    /// <summary>An E-step; null if there was none.</summary>
    [JsonIgnore]
    public double? EStepIfAny => EStep > 0 ? EStep : null;
}
