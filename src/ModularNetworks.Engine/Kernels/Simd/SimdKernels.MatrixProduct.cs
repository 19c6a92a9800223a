namespace ModularNetworks.Engine;

internal sealed unsafe partial class SimdKernels<TWidth, TVector>
{
    public override void MatrixProduct(
        Matrix left, bool transposeLeft, Matrix right, bool transposeRight, Matrix product, bool accumulate)
    {
        int inner = transposeLeft ? left.Rows : left.Columns;
        for (int row = 0; row < product.Rows; row++)
        {
            for (int column = 0; column < product.Columns; column++)
            {
                float sum = 0;
                for (int i = 0; i < inner; i++)
                {
                    float a = transposeLeft ? left.Pointer[(i * left.Stride) + row] : left.Pointer[(row * left.Stride) + i];
                    float b = transposeRight ? right.Pointer[(column * right.Stride) + i] : right.Pointer[(i * right.Stride) + column];
                    sum += a * b;
                }
                float* target = product.Pointer + (row * product.Stride) + column;
                *target = accumulate ? *target + sum : sum;
            }
        }
    }
}
