using System.Numerics;

namespace ModularNetworks.Engine;

/// <summary>Softmax classifiers and their losses.</summary>
internal static class LinearCrossEntropyKernels
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
    /// <param name="arguments">What is read, and what is overwritten.</param>
    public static void LinearCrossEntropyGradients(this Kernels kernels, in LinearCrossEntropyArguments arguments) =>
        kernels.Run(new GradientsKernel(arguments));

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

    private readonly struct GradientsKernel(in LinearCrossEntropyArguments arguments) : IKernel
    {
        private readonly LinearCrossEntropyArguments _arguments = arguments;

        public void RunPlain<T>(Kernels kernels)
            where T : unmanaged, IFloatingPointIeee754<T> => PlainLinearCrossEntropy.Gradients<T>(_arguments);

        public void RunVectors<TWidth, TVector>(Kernels kernels)
            where TWidth : IWidth<TVector>
            where TVector : unmanaged
        {
            if (ProductCrossEntropy.Suits(_arguments.Weight.Rows))
                ProductCrossEntropy.Gradients(kernels, _arguments);
            else
                SimdLinearCrossEntropy<TWidth, TVector>.Gradients(kernels, _arguments);
        }
    }
}
