using System.Numerics;

namespace ModularNetworks.Engine;

/// <summary>Steps of the Adam optimiser (Kingma and Ba 2015) on one parameter.</summary>
internal static class AdamStepKernels
{
    /// <summary>
    /// One step of Adam, element by element:
    /// <c>mean += (1 - beta1) (gradient - mean)</c>, <c>variance = beta2 variance + (1 - beta2) gradient^2</c>,
    /// <c>value = keep value - stepSize mean / (sqrt(variance) rootCorrection + epsilon)</c>; then the gradient is set to zero.
    /// Fast kernels take gradients below 1e-17 and averages below 1e-30 in magnitude for zero.
    /// </summary>
    /// <param name="kernels">The kernels that do the work.</param>
    /// <param name="value">The parameter; any shape, which the other three share.</param>
    /// <param name="gradient">Its gradient; cleared.</param>
    /// <param name="mean">The average gradient; updated.</param>
    /// <param name="variance">The average squared gradient; updated.</param>
    /// <param name="settings">The numbers of this step.</param>
    public static void AdamStep(
        this Kernels kernels, Tensor value, Tensor gradient, Tensor mean, Tensor variance, in AdamStepSettings settings) =>
        kernels.Run(new AdamStepKernel(value, gradient, mean, variance, settings));

    /// <summary>
    /// One step of Adam for some rows (entries of the first axis) alone. Their averages are multiplied with a factor each
    /// before the step. Nothing of the other rows is read or written.
    /// </summary>
    /// <param name="kernels">The kernels that do the work.</param>
    /// <param name="value">The parameter; any shape, which the next three share.</param>
    /// <param name="gradient">Its gradient; cleared in these rows.</param>
    /// <param name="mean">The average gradient; updated in these rows.</param>
    /// <param name="variance">The average squared gradient; updated in these rows.</param>
    /// <param name="rows">The rows, each once.</param>
    /// <param name="factors"><c>[at least rows, 2]</c>: what each row's mean and variance are multiplied with.</param>
    /// <param name="settings">The numbers of this step.</param>
    public static void AdamStepOfRows(
        this Kernels kernels,
        Tensor value,
        Tensor gradient,
        Tensor mean,
        Tensor variance,
        TouchedRows rows,
        Tensor factors,
        in AdamStepSettings settings) =>
        kernels.Run(new AdamStepOfRowsKernel(value, gradient, mean, variance, rows, factors, settings));
}

internal readonly struct AdamStepKernel(
    Tensor value, Tensor gradient, Tensor mean, Tensor variance, in AdamStepSettings settings) : IKernel
{
    private readonly AdamStepSettings _settings = settings;

    public void RunPlain<T>(Kernels kernels)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        PlainAdamStep.Run<T>(value, gradient, mean, variance, _settings);

    public void RunVectors<TWidth, TVector>(Kernels kernels)
        where TWidth : IWidth<TVector>
        where TVector : unmanaged =>
        SimdAdamStep<TWidth, TVector>.Run(kernels, value, gradient, mean, variance, _settings);
}

internal readonly struct AdamStepOfRowsKernel(
    Tensor value,
    Tensor gradient,
    Tensor mean,
    Tensor variance,
    TouchedRows rows,
    Tensor factors,
    in AdamStepSettings settings) : IKernel
{
    private readonly AdamStepSettings _settings = settings;

    public void RunPlain<T>(Kernels kernels)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        PlainAdamStep.RunRows<T>(value, gradient, mean, variance, rows, factors, _settings);

    public void RunVectors<TWidth, TVector>(Kernels kernels)
        where TWidth : IWidth<TVector>
        where TVector : unmanaged =>
        SimdAdamStep<TWidth, TVector>.RunRows(kernels, value, gradient, mean, variance, rows, factors, _settings);
}
