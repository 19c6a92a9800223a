namespace ModularNetworks.Engine;

public static partial class CategoricalOperations
{
    /// <summary>
    /// Draws a class for every row with the probabilities <c>softmax(logits)</c>: <c>[..., M] -> [...]</c>. Has no
    /// gradient.
    /// </summary>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="logits"><c>[..., M]</c>, M at least 1.</param>
    /// <param name="key">Row <c>i</c> uses uniform number <c>i</c> of this key and no other.</param>
    /// <exception cref="ShapeException">There is no last axis, or it is empty.</exception>
    public static IndexTensor SampleCategorical(this Tape tape, Tensor logits, RandomKey key)
    {
        SoftmaxRows.CheckShape("SampleCategorical", logits.Shape);
        return tape.SampleCategorical(tape.Categorical(logits), key);
    }

    /// <summary>Draws from distributions that are known already, so that no softmax is computed again.</summary>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="rows">The logits and their probabilities.</param>
    /// <param name="key">Choice <c>i</c> uses uniform number <c>i</c> of this key and no other.</param>
    public static IndexTensor SampleCategorical(this Tape tape, in CategoricalRows rows, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Precision == Precision.Single
            ? CategoricalSampler.Run<float>(tape, rows, key)
            : CategoricalSampler.Run<double>(tape, rows, key);
    }
}
