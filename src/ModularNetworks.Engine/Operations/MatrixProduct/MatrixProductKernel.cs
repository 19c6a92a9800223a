using System.Numerics;

namespace ModularNetworks.Engine;

/// <summary>Products of two matrices.</summary>
internal static class MatrixProductKernels
{
    /// <summary>
    /// <c>product = left x right</c>, or added to what is there; each factor may be used transposed.
    /// </summary>
    /// <param name="kernels">The kernels that do the work.</param>
    /// <param name="left"><c>[rows, inner]</c>, or <c>[inner, rows]</c> if transposed.</param>
    /// <param name="transposeLeft">Whether <paramref name="left"/> is used transposed.</param>
    /// <param name="right"><c>[inner, columns]</c>, or <c>[columns, inner]</c> if transposed.</param>
    /// <param name="transposeRight">Whether <paramref name="right"/> is used transposed.</param>
    /// <param name="product"><c>[rows, columns]</c>; overlaps no factor.</param>
    /// <param name="accumulate">Whether to add to <paramref name="product"/> instead of overwriting it.</param>
    /// <exception cref="ShapeException">The sizes do not fit each other.</exception>
    public static void MatrixProduct(
        this Kernels kernels,
        Matrix left,
        bool transposeLeft,
        Matrix right,
        bool transposeRight,
        Matrix product,
        bool accumulate)
    {
        var (rows, inner) = transposeLeft ? (left.Columns, left.Rows) : (left.Rows, left.Columns);
        var (rightInner, columns) = transposeRight ? (right.Columns, right.Rows) : (right.Rows, right.Columns);
        if (rightInner != inner || product.Rows != rows || product.Columns != columns)
        {
            throw new ShapeException(
                $"MatrixProduct: left is {left}{Transposed(transposeLeft)}, right {right}{Transposed(transposeRight)}, the product "
                + $"{product}; needed are [rows, inner], [inner, columns] and [rows, columns].");
        }
        kernels.Run(new MatrixProductKernel(left, transposeLeft, right, transposeRight, product, accumulate));
    }

    private static string Transposed(bool isTransposed) => isTransposed ? " transposed" : "";
}

internal readonly struct MatrixProductKernel(
    Matrix left, bool transposeLeft, Matrix right, bool transposeRight, Matrix product, bool accumulate) : IKernel
{
    public void RunPlain<T>(Kernels kernels)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        PlainMatrixProduct.Run<T>(left, transposeLeft, right, transposeRight, product, accumulate);

    public void RunVectors<TWidth, TVector>(Kernels kernels)
        where TWidth : IWidth<TVector>
        where TVector : unmanaged =>
        SimdMatrixProduct<TWidth, TVector>.Run(
            kernels, left, transposeLeft, right, transposeRight, product, accumulate);
}
