using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Makes one output of those of K modules.</summary>
internal static class CombinedOutputs
{
    /// <summary>Sums or concatenates outputs.</summary>
    /// <param name="combination">How they become one.</param>
    /// <param name="tape">Records the operations.</param>
    /// <param name="outputs"><c>[rows, K, outputs]</c>.</param>
    /// <returns><c>[rows, outputs]</c> for a sum, <c>[rows, K * outputs]</c> for a concatenation.</returns>
    public static Tensor Of(this Combination combination, Tape tape, Tensor outputs)
    {
        if (combination == Combination.Sum && outputs.Shape[1] > 1)
            return tape.SumAxis(outputs, 1);
        return tape.Reshape(outputs, new Shape(outputs.Shape[0], outputs.Shape[1] * outputs.Shape[2]));
    }
}
