using System.Numerics;

namespace ModularNetworks.Engine;

public static partial class CategoricalOperations
{
    /// <summary>
    /// The class with the largest logit of every row, the lowest of equal ones: <c>[..., M]
    /// -> [...]</c>. Has no gradient.
    /// </summary>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="logits"><c>[..., M]</c>, M at least 1.</param>
    /// <exception cref="ShapeException">There is no last axis, or it is empty.</exception>
    public static IndexTensor MostProbable(this Tape tape, Tensor logits)
    {
        SoftmaxRows.CheckShape("MostProbable", logits.Shape);
        var output = tape.RentIndices(logits.Shape.WithoutLast());
        if (tape.Precision == Precision.Single)
            WriteLargest<float>(logits.As<float>(), output.Values, logits.Shape.Last);
        else
            WriteLargest<double>(logits.As<double>(), output.Values, logits.Shape.Last);
        return output;
    }

    private static void WriteLargest<T>(ReadOnlySpan<T> logits, Span<int> output, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int row = 0; row < output.Length; row++)
            output[row] = CategoricalDraw.MostProbable(logits.Slice(row * columns, columns));
    }
}
