namespace ModularNetworks.Engine;

public sealed partial class PlainKernels<T>
{
    /// <inheritdoc/>
    public override void MatrixProduct(
        Matrix left, bool transposeLeft, Matrix right, bool transposeRight, Matrix product, bool accumulate)
    {
        int inner = transposeLeft ? left.Rows : left.Columns;
        for (int row = 0; row < product.Rows; row++)
        {
            for (int column = 0; column < product.Columns; column++)
            {
                T sum = T.Zero;
                for (int i = 0; i < inner; i++)
                {
                    T a = transposeLeft ? At(left, i, row) : At(left, row, i);
                    T b = transposeRight ? At(right, column, i) : At(right, i, column);
                    sum += a * b;
                }
                ref T target = ref At(product, row, column);
                target = accumulate ? target + sum : sum;
            }
        }
    }
}
