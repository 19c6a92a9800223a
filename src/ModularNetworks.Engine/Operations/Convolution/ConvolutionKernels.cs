using System.Numerics;

namespace ModularNetworks.Engine;

/// <summary>Convolutions of images with the filters that each row picks.</summary>
internal static class ConvolutionKernels
{
    /// <summary>
    /// Applies to every row's image the filters that the row picks:
    /// <c>output[p, o, position] = bias[m, o] + sum_e weight[m, o, e] * patch[position, e]</c> with m the key of pick p,
    /// rectified if it is asked for.
    /// </summary>
    /// <param name="kernels">The kernels that do the work.</param>
    /// <param name="convolution">The images, the filters and the picks.</param>
    /// <param name="output"><c>[rows * K, outputs * positions]</c> in any shape, overwritten.</param>
    public static void Convolution(
        this Kernels kernels, in ConvolutionArguments convolution, Tensor output) =>
        kernels.Run(new ForwardKernel(convolution, output, means: null));

    /// <summary>
    /// The means of a <see cref="Convolution"/> over all positions, taken while the numbers are in the cache. Gradients are
    /// passed on by the methods below, with <see cref="ConvolutionArguments.Averages"/>.
    /// </summary>
    /// <param name="kernels">The kernels that do the work.</param>
    /// <param name="convolution">The images, the filters and the picks.</param>
    /// <param name="output"><c>[rows * K, outputs * positions]</c>, overwritten; null if nobody reads it.</param>
    /// <param name="means"><c>[rows * K, outputs]</c> in any shape, overwritten.</param>
    public static void ConvolutionMeans(
        this Kernels kernels, in ConvolutionArguments convolution, Tensor? output, Tensor means) =>
        kernels.Run(new ForwardKernel(convolution, output, means));

    /// <summary>Passes gradients of <see cref="Convolution"/> to the images.</summary>
    /// <param name="kernels">The kernels that do the work.</param>
    /// <param name="convolution">The images, the filters and the picks.</param>
    /// <param name="output">The output of the convolution; where it was rectified to 0, nothing is passed on.</param>
    /// <param name="outputGradient"><c>[rows * K, outputs * positions]</c>, or of means <c>[rows * K, outputs]</c>, in any shape.</param>
    /// <param name="inputGradient"><c>[images, channels * height * width]</c>, added to.</param>
    public static void ConvolutionInputGradient(
        this Kernels kernels, in ConvolutionArguments convolution, Tensor output, Tensor outputGradient, Tensor inputGradient) =>
        kernels.Run(new InputGradientKernel(convolution, output, outputGradient, inputGradient));

    /// <summary>
    /// Passes gradients of <see cref="Convolution"/> to the picked filters and biases. The gradients of other filters
    /// are not touched.
    /// </summary>
    /// <param name="kernels">The kernels that do the work.</param>
    /// <param name="convolution">The images, the filters and the picks.</param>
    /// <param name="output">The output of the convolution; where it was rectified to 0, nothing is passed on.</param>
    /// <param name="outputGradient"><c>[rows * K, outputs * positions]</c>, or of means <c>[rows * K, outputs]</c>, in any shape.</param>
    /// <param name="weightGradient">Of the weight's shape, added to.</param>
    /// <param name="biasGradient">Of the bias's shape, added to; null for none.</param>
    public static void ConvolutionWeightGradient(
        this Kernels kernels,
        in ConvolutionArguments convolution,
        Tensor output,
        Tensor outputGradient,
        Tensor weightGradient,
        Tensor? biasGradient) =>
        kernels.Run(new WeightGradientKernel(convolution, output, outputGradient, weightGradient, biasGradient));

    private readonly struct ForwardKernel(in ConvolutionArguments convolution, Tensor? output, Tensor? means) : IKernel
    {
        private readonly ConvolutionArguments _convolution = convolution;

        public void RunPlain<T>(Kernels kernels)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            if (means is null)
                PlainConvolution.Run<T>(_convolution, output!);
            else
                PlainConvolution.Means<T>(_convolution, output, means);
        }

        public void RunVectors<TWidth, TVector>(Kernels kernels)
            where TWidth : IWidth<TVector>
            where TVector : unmanaged =>
            SimdConvolution<TWidth, TVector>.Run(kernels, _convolution, output, means);
    }

    private readonly struct InputGradientKernel(
        in ConvolutionArguments convolution, Tensor output, Tensor outputGradient, Tensor inputGradient) : IKernel
    {
        private readonly ConvolutionArguments _convolution = convolution;

        public void RunPlain<T>(Kernels kernels)
            where T : unmanaged, IFloatingPointIeee754<T> =>
            PlainConvolution.InputGradient<T>(_convolution, output, outputGradient, inputGradient);

        public void RunVectors<TWidth, TVector>(Kernels kernels)
            where TWidth : IWidth<TVector>
            where TVector : unmanaged =>
            SimdConvolution<TWidth, TVector>.InputGradient(kernels, _convolution, output, outputGradient, inputGradient);
    }

    private readonly struct WeightGradientKernel(
        in ConvolutionArguments convolution, Tensor output, Tensor outputGradient, Tensor weightGradient, Tensor? biasGradient)
        : IKernel
    {
        private readonly ConvolutionArguments _convolution = convolution;

        public void RunPlain<T>(Kernels kernels)
            where T : unmanaged, IFloatingPointIeee754<T> =>
            PlainConvolution.WeightGradient<T>(_convolution, output, outputGradient, weightGradient, biasGradient);

        public void RunVectors<TWidth, TVector>(Kernels kernels)
            where TWidth : IWidth<TVector>
            where TVector : unmanaged =>
            SimdConvolution<TWidth, TVector>.WeightGradient(
                kernels, _convolution, output, outputGradient, weightGradient, biasGradient);
    }
}
