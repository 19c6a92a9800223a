using System.Numerics;

namespace ModularNetworks.Engine;

public static partial class TapeOperations
{
    /// <summary>
    /// Draws a class for every row with the probabilities <c>softmax(logits)</c>: <c>[..., M] -> [...]</c>. Has no
    /// gradient.
    /// </summary>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="logits"><c>[..., M]</c>, M at least 1.</param>
    /// <param name="key">Row <c>i</c> uses uniform number <c>i</c> of this key and no other.</param>
    /// <exception cref="ShapeException">There is no last axis, or it is empty.</exception>
    public static IndexTensor SampleCategorical(this Tape tape, Tensor logits, RandomKey key) =>
        tape.Precision == Precision.Single
            ? CategoricalSampler.Run<float>(tape, logits, key)
            : CategoricalSampler.Run<double>(tape, logits, key);
}

/// <summary>Inverts the cumulative distribution at one uniform number a row.</summary>
internal static unsafe class CategoricalSampler
{
    private const int RowsPerBlock = 256;

    public static IndexTensor Run<T>(Tape tape, Tensor logits, RandomKey key)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SoftmaxRows.CheckShape("SampleCategorical", logits.Shape);
        var rowShape = logits.Shape.WithoutLast();
        var probabilities = tape.Rent(logits.Shape);
        SoftmaxRows.Run<T>(tape, logits, probabilities, tape.Rent(rowShape), tape.Rent(rowShape));
        var samples = tape.RentIndices(rowShape);
        int rows = rowShape.Count;
        fixed (T* p = probabilities.As<T>())
        {
            var kernel = new Block<T>(p, samples.Pointer, rows, logits.Shape.Last, key);
            tape.Kernels.Workers.Run((rows + RowsPerBlock - 1) / RowsPerBlock, kernel);
        }
        return samples;
    }

    private readonly struct Block<T>(T* probabilities, int* samples, int rows, int columns, RandomKey key) : IBlockKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int block, int worker)
        {
            int end = Math.Min(rows, (block + 1) * RowsPerBlock);
            for (int row = block * RowsPerBlock; row < end; row++)
            {
                var p = new ReadOnlySpan<T>(probabilities + ((long)row * columns), columns);
                samples[row] = Invert(p, key.Uniform((ulong)row));
            }
        }

        private static int Invert(ReadOnlySpan<T> p, double uniform)
        {
            // In double precision the threshold stays below the total, so that some class always passes it; a class
            // of probability zero never does.
            double total = 0;
            foreach (T probability in p)
                total += double.CreateTruncating(probability);
            double threshold = uniform * total, cumulative = 0;
            for (int i = 0; i < p.Length; i++)
            {
                cumulative += double.CreateTruncating(p[i]);
                if (cumulative > threshold)
                    return i;
            }
            // Only rows with not-a-number get here; losses will show them.
            return p.Length - 1;
        }
    }
}
