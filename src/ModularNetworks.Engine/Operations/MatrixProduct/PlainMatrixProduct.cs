using System.Numerics;

namespace ModularNetworks.Engine;

/// <summary>Products of two matrices in plain loops: the definition.</summary>
internal static class PlainMatrixProduct
{
    public static void Run<T>(
        Matrix left, bool transposeLeft, Matrix right, bool transposeRight, Matrix product, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int inner = transposeLeft ? left.Rows : left.Columns;
        for (int row = 0; row < product.Rows; row++)
        {
            for (int column = 0; column < product.Columns; column++)
            {
                T sum = T.Zero;
                for (int i = 0; i < inner; i++)
                {
                    T a = transposeLeft ? left.At<T>(i, row) : left.At<T>(row, i);
                    T b = transposeRight ? right.At<T>(column, i) : right.At<T>(i, column);
                    sum += a * b;
                }
                ref T target = ref product.At<T>(row, column);
                target = accumulate ? target + sum : sum;
            }
        }
    }
}
