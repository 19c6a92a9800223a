namespace ModularNetworks.Engine;

/// <summary>The numbers of one step of <see cref="Adam"/>, with the bias corrections worked out.</summary>
/// <param name="StepSize">The learning rate over <c>1 - beta1^t</c>.</param>
/// <param name="Beta1">The decay of the average gradient.</param>
/// <param name="Beta2">The decay of the average squared gradient.</param>
/// <param name="RootCorrection"><c>1 / sqrt(1 - beta2^t)</c>, which multiplies the root of the average.</param>
/// <param name="Epsilon">Added to the corrected root.</param>
/// <param name="Keep">The factor with which the value is multiplied first: 1 less the learning rate times the weight decay.</param>
internal readonly record struct AdamStepSettings(
    double StepSize, double Beta1, double Beta2, double RootCorrection, double Epsilon, double Keep);
