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
    public static IndexTensor SampleCategorical(this Tape tape, Tensor logits, RandomKey key)
    {
        SoftmaxRows.CheckShape("SampleCategorical", logits.Shape);
        return tape.SampleCategorical(tape.Categorical(logits), key);
    }

    /// <summary>The same of logits whose probabilities are known, so that they are not computed again.</summary>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="rows">The logits and their probabilities.</param>
    /// <param name="key">Row <c>i</c> uses uniform number <c>i</c> of this key and no other.</param>
    public static IndexTensor SampleCategorical(this Tape tape, in CategoricalRows rows, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Precision == Precision.Single
            ? CategoricalSampler.Run<float>(tape, rows.Probabilities, key)
            : CategoricalSampler.Run<double>(tape, rows.Probabilities, key);
    }
}

/// <summary>Inverts the cumulative distribution at one uniform number a row.</summary>
internal static unsafe class CategoricalSampler
{
    private const int RowsPerBlock = 256;

    public static IndexTensor Run<T>(Tape tape, Tensor probabilities, RandomKey key)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var samples = tape.RentIndices(probabilities.Shape.WithoutLast());
        int rows = samples.Shape.Count;
        fixed (T* p = probabilities.As<T>())
        {
            var kernel = new Block<T>(p, samples.Pointer, rows, probabilities.Shape.Last, key);
            tape.Kernels.Workers.Run((rows + RowsPerBlock - 1) / RowsPerBlock, kernel);
        }
        return samples;
    }

    private readonly struct Block<T>(T* probabilities, int* samples, int rows, int columns, RandomKey key) : IBlockKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int block, int worker)
        {
            int first = block * RowsPerBlock, count = Math.Min(RowsPerBlock, rows - first);
            Span<float> uniforms = stackalloc float[RowsPerBlock];
            key.Uniforms((ulong)first, uniforms[..count]);
            for (int row = 0; row < count; row++)
            {
                var p = new ReadOnlySpan<T>(probabilities + ((nint)(first + row) * columns), columns);
                samples[first + row] = Invert(p, uniforms[row]);
            }
        }

        private static int Invert(ReadOnlySpan<T> p, double uniform)
        {
            // In double precision the threshold stays below the total, so that some class always passes it; a class
            // of probability zero never does.
            double total = 0;
            foreach (T probability in p)
                total += double.CreateTruncating(probability);
            // Counting the classes before the one that passes it takes no branch that would have to be guessed.
            double threshold = uniform * total, cumulative = 0;
            int passed = 0;
            foreach (T probability in p)
            {
                cumulative += double.CreateTruncating(probability);
                passed += cumulative > threshold ? 0 : 1;
            }
            // Only rows with not-a-number pass none; losses will show them.
            return Math.Min(passed, p.Length - 1);
        }
    }
}
