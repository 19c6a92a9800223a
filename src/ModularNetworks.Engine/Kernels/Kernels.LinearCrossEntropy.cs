namespace ModularNetworks.Engine;

public abstract partial class Kernels
{
    /// <summary>
    /// The loss of a softmax classifier, row by row, exact for logits of any size:
    /// <c>losses[r] = log sum_c exp(z[r,c]) - z[r,target[r]]</c> with <c>z = hidden x weight + bias</c>. The matrix
    /// z is never held as a whole.
    /// </summary>
    /// <param name="hidden"><c>[rows, features]</c>.</param>
    /// <param name="weight"><c>[features, classes]</c>.</param>
    /// <param name="bias"><c>[classes]</c>.</param>
    /// <param name="targets"><c>[rows]</c>, each from 0 to classes - 1.</param>
    /// <param name="losses"><c>[rows]</c>, overwritten, in nats.</param>
    public abstract void LinearCrossEntropy(
        Matrix hidden, Matrix weight, Tensor bias, IndexTensor targets, Tensor losses);

    /// <summary>
    /// The losses of <see cref="LinearCrossEntropy"/> and the gradients of their weighted sum
    /// <c>sum_r rowWeights[r] losses[r]</c>.
    /// </summary>
    /// <param name="hidden"><c>[rows, features]</c>.</param>
    /// <param name="weight"><c>[features, classes]</c>.</param>
    /// <param name="bias"><c>[classes]</c>.</param>
    /// <param name="targets"><c>[rows]</c>, each from 0 to classes - 1.</param>
    /// <param name="rowWeights"><c>[rows]</c>, or null for a weight of 1 each.</param>
    /// <param name="losses"><c>[rows]</c>, overwritten, in nats, unweighted.</param>
    /// <param name="hiddenGradient"><c>[rows, features]</c>, overwritten.</param>
    /// <param name="weightGradient"><c>[features, classes]</c>, overwritten.</param>
    /// <param name="biasGradient"><c>[classes]</c>, overwritten.</param>
    public abstract void LinearCrossEntropyGradients(
        Matrix hidden,
        Matrix weight,
        Tensor bias,
        IndexTensor targets,
        Tensor? rowWeights,
        Tensor losses,
        Matrix hiddenGradient,
        Matrix weightGradient,
        Tensor biasGradient);
}
