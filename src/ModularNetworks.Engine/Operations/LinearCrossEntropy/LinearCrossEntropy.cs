namespace ModularNetworks.Engine;

/// <summary>Losses of a linear softmax classifier.</summary>
public static class LinearCrossEntropyOperations
{
    /// <summary>
    /// The loss of a linear softmax classifier for each row, in nats:
    /// <c>log sum_c exp(z[row,c]) - z[row,target]</c> with <c>z = hidden x weight + bias</c>, without ever holding z.
    /// </summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="hidden"><c>[rows, features]</c>.</param>
    /// <param name="weight"><c>[features, classes]</c>.</param>
    /// <param name="bias"><c>[classes]</c>.</param>
    /// <param name="targets"><c>[rows]</c>, the class of each row.</param>
    /// <returns><c>[rows]</c>.</returns>
    /// <exception cref="ShapeException">The shapes do not fit each other, or a target is not a class.</exception>
    public static Tensor LinearCrossEntropy(
        this Tape tape, Tensor hidden, Tensor weight, Tensor bias, IndexTensor targets) =>
        LinearCrossEntropyOperation.Run(tape, hidden, weight, bias, targets);
}
