using System.Numerics;

namespace ModularNetworks.Engine;

/// <summary>Softmax classifiers and their losses.</summary>
public static class LinearCrossEntropyKernels
{
    /// <summary>
    /// The loss of a softmax classifier, row by row, exact for logits of any size:
    /// <c>losses[r] = log sum_c exp(z[r,c]) - z[r,target[r]]</c> with <c>z = hidden x weight + bias</c>. The matrix
    /// z is never held as a whole.
    /// </summary>
    /// <param name="kernels">The kernels that do the work.</param>
    /// <param name="hidden"><c>[rows, features]</c>.</param>
    /// <param name="weight"><c>[features, classes]</c>.</param>
    /// <param name="bias"><c>[classes]</c>.</param>
    /// <param name="targets"><c>[rows]</c>, each from 0 to classes - 1.</param>
    /// <param name="losses"><c>[rows]</c>, overwritten, in nats.</param>
    public static void LinearCrossEntropy(
        this Kernels kernels, Matrix hidden, Matrix weight, Tensor bias, IndexTensor targets, Tensor losses) =>
        kernels.Run(new LossesKernel(hidden, weight, bias, targets, losses));

    /// <summary>
    /// The losses of <see cref="LinearCrossEntropy"/> and the gradients of their weighted sum
    /// <c>sum_r rowWeights[r] losses[r]</c>.
    /// </summary>
    /// <param name="kernels">The kernels that do the work.</param>
    /// <param name="hidden"><c>[rows, features]</c>.</param>
    /// <param name="weight"><c>[features, classes]</c>.</param>
    /// <param name="bias"><c>[classes]</c>.</param>
    /// <param name="targets"><c>[rows]</c>, each from 0 to classes - 1.</param>
    /// <param name="rowWeights"><c>[rows]</c>, or null for a weight of 1 each.</param>
    /// <param name="losses"><c>[rows]</c>, overwritten, in nats, unweighted.</param>
    /// <param name="hiddenGradient"><c>[rows, features]</c>, overwritten.</param>
    /// <param name="weightGradient"><c>[features, classes]</c>, overwritten.</param>
    /// <param name="biasGradient"><c>[classes]</c>, overwritten.</param>
    public static void LinearCrossEntropyGradients(
        this Kernels kernels,
        Matrix hidden,
        Matrix weight,
        Tensor bias,
        IndexTensor targets,
        Tensor? rowWeights,
        Tensor losses,
        Matrix hiddenGradient,
        Matrix weightGradient,
        Tensor biasGradient) =>
        kernels.Run(new GradientsKernel(
            hidden, weight, bias, targets, rowWeights, losses, hiddenGradient, weightGradient, biasGradient));

    private readonly struct LossesKernel(
        Matrix hidden, Matrix weight, Tensor bias, IndexTensor targets, Tensor losses) : IKernel
    {
        public void RunPlain<T>(Kernels kernels)
            where T : unmanaged, IFloatingPointIeee754<T> =>
            PlainLinearCrossEntropy.Losses<T>(hidden, weight, bias, targets, losses);

        public void RunVectors<TWidth, TVector>(Kernels kernels)
            where TWidth : IWidth<TVector>
            where TVector : unmanaged =>
            SimdLinearCrossEntropy<TWidth, TVector>.Losses(kernels, hidden, weight, bias, targets, losses);
    }

    private readonly struct GradientsKernel(
        Matrix hidden,
        Matrix weight,
        Tensor bias,
        IndexTensor targets,
        Tensor? rowWeights,
        Tensor losses,
        Matrix hiddenGradient,
        Matrix weightGradient,
        Tensor biasGradient) : IKernel
    {
        public void RunPlain<T>(Kernels kernels)
            where T : unmanaged, IFloatingPointIeee754<T> =>
            PlainLinearCrossEntropy.Gradients<T>(
                hidden, weight, bias, targets, rowWeights, losses, hiddenGradient, weightGradient, biasGradient);

        public void RunVectors<TWidth, TVector>(Kernels kernels)
            where TWidth : IWidth<TVector>
            where TVector : unmanaged =>
            SimdLinearCrossEntropy<TWidth, TVector>.Gradients(
                kernels, hidden, weight, bias, targets, rowWeights, losses, hiddenGradient, weightGradient, biasGradient);
    }
}
