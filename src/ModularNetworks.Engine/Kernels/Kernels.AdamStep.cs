namespace ModularNetworks.Engine;

/// <summary>The numbers of one step of <see cref="Adam"/>, with the bias corrections worked out.</summary>
/// <param name="StepSize">The learning rate over <c>1 - beta1^t</c>.</param>
/// <param name="Beta1">The decay of the average gradient.</param>
/// <param name="Beta2">The decay of the average squared gradient.</param>
/// <param name="RootCorrection"><c>1 / sqrt(1 - beta2^t)</c>, which multiplies the root of the average.</param>
/// <param name="Epsilon">Added to the corrected root.</param>
/// <param name="Keep">What the value is multiplied with first: 1 less the learning rate times the weight decay.</param>
public readonly record struct AdamStepSettings(
    double StepSize, double Beta1, double Beta2, double RootCorrection, double Epsilon, double Keep);

public abstract partial class Kernels
{
    /// <summary>
    /// One step of Adam, element by element:
    /// <c>mean += (1 - beta1) (gradient - mean)</c>, <c>variance = beta2 variance + (1 - beta2) gradient^2</c>,
    /// <c>value = keep value - stepSize mean / (sqrt(variance) rootCorrection + epsilon)</c>; then the gradient is set to zero.
    /// Fast kernels take gradients below 1e-17 and averages below 1e-30 in magnitude for zero.
    /// </summary>
    /// <param name="value">The parameter; any shape, which the other three share.</param>
    /// <param name="gradient">Its gradient; cleared.</param>
    /// <param name="mean">The average gradient; updated.</param>
    /// <param name="variance">The average squared gradient; updated.</param>
    /// <param name="settings">The numbers of this step.</param>
    public abstract void AdamStep(
        Tensor value, Tensor gradient, Tensor mean, Tensor variance, in AdamStepSettings settings);

    /// <summary>
    /// The same for some rows (entries of the first axis) alone, whose averages are multiplied with a factor each before the
    /// step. Nothing of the other rows is read or written.
    /// </summary>
    /// <param name="value">The parameter; any shape, which the next three share.</param>
    /// <param name="gradient">Its gradient; cleared in these rows.</param>
    /// <param name="mean">The average gradient; updated in these rows.</param>
    /// <param name="variance">The average squared gradient; updated in these rows.</param>
    /// <param name="rows">The rows, each once.</param>
    /// <param name="factors"><c>[at least rows, 2]</c>: what each row's mean and variance are multiplied with.</param>
    /// <param name="settings">The numbers of this step.</param>
    public abstract void AdamStepOfRows(
        Tensor value,
        Tensor gradient,
        Tensor mean,
        Tensor variance,
        TouchedRows rows,
        Tensor factors,
        in AdamStepSettings settings);
}
