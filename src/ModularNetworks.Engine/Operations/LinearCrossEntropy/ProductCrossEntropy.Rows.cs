using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

internal static unsafe partial class ProductCrossEntropy
{
    // e^-46 is 1e-20: too small to change a sum of at least 1, and large enough for products that are normal numbers.
    private const float LeastLogit = -46;

    /// <summary>Turns logits without their biases into their gradient, <c>rowWeight (softmax - one-hot of the target)</c>, and writes losses.</summary>
    private struct LogitGradients : IBlockKernel
    {
        public float* Logits;
        public nint Stride;
        public int Rows;
        public int Classes;
        public float* Bias;
        public int* Targets;
        public float* RowWeights;
        public float* Losses;

        public readonly void Run(int block, int worker)
        {
            int end = Math.Min(Rows, (block + 1) * RowsPerRun);
            for (int row = block * RowsPerRun; row < end; row++)
                Run(row);
        }

        private readonly void Run(int row)
        {
            var z = new Span<float>(Logits + (row * Stride), Classes);
            TensorPrimitives.Add(z, new ReadOnlySpan<float>(Bias, Classes), z);
            float largest = TensorPrimitives.Max(z), target = z[Targets[row]];
            TensorPrimitives.Subtract(z, largest, z);
            TensorPrimitives.Max(z, LeastLogit, z);
            Exponential.OfNonPositive(z);
            float sum = TensorPrimitives.Sum(z), rowWeight = RowWeights == null ? 1 : RowWeights[row];
            // Rounding makes no loss negative.
            Losses[row] = (float)Math.Max(0, Math.Log(sum) + ((double)largest - target));
            TensorPrimitives.Multiply(z, rowWeight / sum, z);
            z[Targets[row]] -= rowWeight;
        }
    }

    /// <summary>Adds the rows of a matrix to a row, some columns at a time.</summary>
    private readonly struct ColumnSums(float* matrix, nint stride, int rows, int columns, float* sums) : IBlockKernel
    {
        public void Run(int block, int worker)
        {
            int first = block * ColumnsPerRun, count = Math.Min(ColumnsPerRun, columns - first);
            var sum = new Span<float>(sums + first, count);
            for (int row = 0; row < rows; row++)
                TensorPrimitives.Add(sum, new ReadOnlySpan<float>(matrix + (row * stride) + first, count), sum);
        }
    }
}
