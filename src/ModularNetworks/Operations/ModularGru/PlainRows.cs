using System.Numerics;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Rows of tensors and their products with matrices, in plain loops.</summary>
internal static class PlainRows
{
    /// <summary>A row along the last axis.</summary>
    public static Span<T> Row<T>(this Tensor tensor, int row)
        where T : unmanaged => tensor.As<T>().Slice(row * tensor.Shape.Last, tensor.Shape.Last);

    /// <summary>A row's picks.</summary>
    public static Span<int> Row(this IndexTensor selection, int row) =>
        selection.Values.Slice(row * selection.Shape[1], selection.Shape[1]);

    /// <summary><c>sum += vector x matrix</c>.</summary>
    public static void AddProduct<T>(ReadOnlySpan<T> vector, Matrix matrix, Span<T> sum)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < vector.Length; i++)
        {
            for (int j = 0; j < sum.Length; j++)
                sum[j] += vector[i] * matrix.At<T>(i, j);
        }
    }

    /// <summary><c>sum[i] += vector . matrix[i]</c>: the product with the transposed matrix.</summary>
    public static void AddTransposedProduct<T>(ReadOnlySpan<T> vector, Matrix matrix, Span<T> sum)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < sum.Length; i++)
        {
            for (int j = 0; j < vector.Length; j++)
                sum[i] += vector[j] * matrix.At<T>(i, j);
        }
    }
}
