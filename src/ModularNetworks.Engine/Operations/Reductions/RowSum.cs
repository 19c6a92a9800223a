using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

/// <summary>Sums of rows, of which many are so short that handing one over to a vector loop costs more than adding it up.</summary>
internal static class RowSum
{
    /// <summary>The sum of a row.</summary>
    /// <param name="row">The numbers.</param>
    /// <param name="shortestVector">The length from which on the vector loop is used.</param>
    public static T Of<T>(ReadOnlySpan<T> row, int shortestVector)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (row.Length >= shortestVector)
            return TensorPrimitives.Sum(row);
        T sum = T.Zero;
        foreach (T element in row)
            sum += element;
        return sum;
    }
}
