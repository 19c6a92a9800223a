namespace ModularNetworks.Engine;

/// <summary>
/// The softmax classifier over many features: block of rows after block, the logits of all classes are held, so that its three products are
/// those of large matrices. With few features <see cref="SimdLinearCrossEntropy{TWidth, TVector}"/> is faster, and holds less.
/// </summary>
internal static unsafe partial class ProductCrossEntropy
{
    // With fewer features, the passes over the logits take longer than the products.
    private const int LeastFeatures = 128;

    // So many rows that the weights, which each product packs anew, are used often; of many classes fewer, so that the logits stay below 64 MB.
    private const int MostRows = 256;
    private const int LeastRows = 32;
    private const int MostLogits = 16 << 20;

    private const int RowsPerRun = 4;
    private const int ColumnsPerRun = 512;

    /// <summary>Whether a classifier of so many features is done this way.</summary>
    public static bool Suits(int features) => features >= LeastFeatures;

    /// <summary>See <see cref="LinearCrossEntropyKernels.LinearCrossEntropyGradients"/>.</summary>
    public static void Gradients(Kernels kernels, in LinearCrossEntropyArguments arguments)
    {
        var (hidden, weight, bias, targets, rowWeights, losses, hiddenGradient, weightGradient, biasGradient) = arguments;
        biasGradient.Values.Clear();
        Clear(weightGradient, hidden.Rows);
        int step = Math.Clamp(MostLogits / Math.Max(1, weight.Columns), LeastRows, MostRows);
        for (int first = 0; first < hidden.Rows; first += step)
        {
            var rows = hidden.RowRange(first, Math.Min(step, hidden.Rows - first));
            var logits = Kernels.Keep<LogitMemory>().Reserve(rows.Rows, weight.Columns);
            kernels.MatrixProduct(rows, false, weight, false, logits, accumulate: false);
            var toGradients = new LogitGradients
            {
                Logits = logits.Pointer,
                Stride = logits.Stride,
                Rows = rows.Rows,
                Classes = weight.Columns,
                Bias = bias.PointerTo(weight.Columns),
                Targets = targets.PointerTo(hidden.Rows, bound: weight.Columns) + first,
                RowWeights = rowWeights is null ? null : rowWeights.PointerTo(hidden.Rows) + first,
                Losses = losses.PointerTo(hidden.Rows) + first,
            };
            kernels.Workers.Run(Kernels.CountBlocks(rows.Rows, RowsPerRun), toGradients);
            kernels.MatrixProduct(logits, false, weight, true, hiddenGradient.RowRange(first, rows.Rows), accumulate: false);
            kernels.MatrixProduct(rows, true, logits, false, weightGradient, accumulate: first > 0);
            var sums = new ColumnSums(logits.Pointer, logits.Stride, rows.Rows, weight.Columns, biasGradient.PointerTo(weight.Columns));
            kernels.Workers.Run(Kernels.CountBlocks(weight.Columns, ColumnsPerRun), sums);
        }
    }

    private static void Clear(Matrix weightGradient, int rows)
    {
        // Of the first block the product overwrites what is there; without rows there is none.
        for (int f = 0; rows == 0 && f < weightGradient.Rows; f++)
            weightGradient.Tensor.Values.Slice(weightGradient.Offset + (f * weightGradient.Stride), weightGradient.Columns).Clear();
    }

    /// <summary>The logits of a block of rows, kept between calls.</summary>
    private sealed class LogitMemory
    {
        private Tensor _memory = Tensor.Allocate(new Shape(0));

        /// <summary>A matrix with unspecified content, whose rows start at cache lines.</summary>
        public Matrix Reserve(int rows, int columns)
        {
            int stride = Kernels.CountBlocks(columns, Scratch.CacheLine) * Scratch.CacheLine;
            if (_memory.Shape.Count < rows * stride)
                _memory = Tensor.Allocate(new Shape(rows * stride));
            return new Matrix(_memory, 0, rows, columns, stride);
        }
    }
}
