namespace ModularNetworks.Engine;

public abstract partial class Kernels
{
    /// <summary>
    /// Applies to every row's image the filters of the modules picked for the row:
    /// <c>output[p, o, position] = bias[m, o] + sum_e weight[m, o, e] * patch[position, e]</c> with m the module of pick p,
    /// rectified if it is asked for.
    /// </summary>
    /// <param name="convolution">What is read.</param>
    /// <param name="output"><c>[rows * K, outputs * positions]</c> in any shape, overwritten.</param>
    public abstract void Convolution(in ConvolutionArguments convolution, Tensor output);

    /// <summary>
    /// Does the same and averages what each filter gives over all positions, while it is in the cache. Its gradients are
    /// passed on by the methods below, with <see cref="ConvolutionArguments.Averages"/>.
    /// </summary>
    /// <param name="convolution">What is read.</param>
    /// <param name="output"><c>[rows * K, outputs * positions]</c>, overwritten; null if nobody reads it.</param>
    /// <param name="means"><c>[rows * K, outputs]</c> in any shape, overwritten.</param>
    public abstract void ConvolutionMeans(in ConvolutionArguments convolution, Tensor? output, Tensor means);

    /// <summary>Passes gradients of <see cref="Convolution"/> to the images.</summary>
    /// <param name="convolution">What was read.</param>
    /// <param name="output">What it gave; where it was rectified to 0, nothing is passed on.</param>
    /// <param name="outputGradient"><c>[rows * K, outputs * positions]</c>, or of means <c>[rows * K, outputs]</c>, in any shape.</param>
    /// <param name="inputGradient"><c>[images, channels * height * width]</c>, added to.</param>
    public abstract void ConvolutionInputGradient(
        in ConvolutionArguments convolution, Tensor output, Tensor outputGradient, Tensor inputGradient);

    /// <summary>
    /// Passes gradients of <see cref="Convolution"/> to the used modules' filters and biases. The gradients of unused modules
    /// are not touched.
    /// </summary>
    /// <param name="convolution">What was read.</param>
    /// <param name="output">What it gave; where it was rectified to 0, nothing is passed on.</param>
    /// <param name="outputGradient"><c>[rows * K, outputs * positions]</c>, or of means <c>[rows * K, outputs]</c>, in any shape.</param>
    /// <param name="weightGradient">Of the weight's shape, added to.</param>
    /// <param name="biasGradient">Of the bias's shape, added to; null for none.</param>
    public abstract void ConvolutionWeightGradient(
        in ConvolutionArguments convolution, Tensor output, Tensor outputGradient, Tensor weightGradient, Tensor? biasGradient);
}
