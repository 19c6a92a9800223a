using System.Numerics;

namespace ModularNetworks.Engine;

public static partial class CategoricalOperations
{
    /// <summary>
    /// The places of the k largest elements of every row, the largest first and of equal ones the lower place first:
    /// <c>[..., M] -> [..., k]</c>. Has no gradient.
    /// </summary>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="x"><c>[..., M]</c>.</param>
    /// <param name="count">k, from 1 to M.</param>
    /// <exception cref="ShapeException">There is no last axis, or it has fewer than k elements.</exception>
    public static IndexTensor TopK(this Tape tape, Tensor x, int count)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Rank == 0 || count < 1 || count > x.Shape.Last)
        {
            throw new ShapeException(
                $"TopK: x has shape {x.Shape}, {count} elements are wanted; the last axis must have 1 or more, and at least "
                + "as many.");
        }
        var output = tape.RentIndices(x.Shape.WithLast(count));
        if (tape.Precision == Precision.Single)
            FindLargest<float>(x.As<float>(), x.Shape.Last, output.Values, count);
        else
            FindLargest<double>(x.As<double>(), x.Shape.Last, output.Values, count);
        return output;
    }

    private static void FindLargest<T>(ReadOnlySpan<T> x, int columns, Span<int> places, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int row = 0; row < places.Length / count; row++)
            LargestValues.Find(x.Slice(row * columns, columns), places.Slice(row * count, count));
    }
}
