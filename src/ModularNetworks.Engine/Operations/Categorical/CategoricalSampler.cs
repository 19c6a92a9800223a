using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace ModularNetworks.Engine;

/// <summary>Inverts the cumulative distribution at one uniform number a row.</summary>
internal static unsafe class CategoricalSampler
{
    private const int ChoicesPerBlock = 256;

    // Long rows are summed in such parts, by vectors.
    private const int PartLength = 64;

    public static IndexTensor Run<T>(Tape tape, in CategoricalRows distributions, RandomKey key)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var probabilities = distributions.Probabilities;
        var samples = tape.RentIndices(distributions.ChoicesShape);
        int choices = samples.Shape.Count;
        fixed (T* p = probabilities.As<T>(probabilities.Shape.Count))
        {
            var kernel = new Block<T>(p, samples.PointerTo(choices, bound: null), choices, probabilities.Shape.Rows, probabilities.Shape.Last, key);
            tape.Kernels.Workers.Run((choices + ChoicesPerBlock - 1) / ChoicesPerBlock, kernel);
        }
        return samples;
    }

    private readonly struct Block<T>(T* probabilities, int* samples, int choices, int rows, int columns, RandomKey key)
        : IBlockKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int block, int worker)
        {
            int first = block * ChoicesPerBlock, count = Math.Min(ChoicesPerBlock, choices - first);
            Span<float> uniforms = stackalloc float[ChoicesPerBlock];
            key.Uniforms((ulong)first, uniforms[..count]);
            int row = first % rows;
            for (int choice = 0; choice < count; choice++)
            {
                var p = new ReadOnlySpan<T>(probabilities + ((nint)row * columns), columns);
                float uniform = uniforms[choice];
                samples[first + choice] = columns < SoftmaxRows.LongRow ? InvertShort(p, uniform) : InvertLong(p, uniform);
                row = row + 1 == rows ? 0 : row + 1;
            }
        }

        private static int InvertShort(ReadOnlySpan<T> p, double uniform)
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

        /// <summary>
        /// The same for long rows: first finds the part of the row in which the threshold is passed. The total is the same sum
        /// of parts, so that some part passes.
        /// </summary>
        private static int InvertLong(ReadOnlySpan<T> p, double uniform)
        {
            double total = 0;
            for (int start = 0; start < p.Length; start += PartLength)
                total += PartSum(p, start);
            double threshold = uniform * total, cumulative = 0;
            for (int start = 0; start < p.Length; start += PartLength)
            {
                double next = cumulative + PartSum(p, start);
                if (next > threshold)
                    return Passing(p, start, cumulative, threshold);
                cumulative = next;
            }
            return p.Length - 1;
        }

        /// <summary>The class of a part that passes the threshold; its last possible one if rounding lets none pass.</summary>
        private static int Passing(ReadOnlySpan<T> p, int start, double cumulative, double threshold)
        {
            int passing = start;
            for (int i = start; i < Math.Min(start + PartLength, p.Length) && cumulative <= threshold; i++)
            {
                cumulative += double.CreateTruncating(p[i]);
                if (p[i] > T.Zero)
                    passing = i;
            }
            return passing;
        }

        private static double PartSum(ReadOnlySpan<T> p, int start)
        {
            var part = p.Slice(start, Math.Min(PartLength, p.Length - start));
            if (typeof(T) == typeof(float))
                return PartSum(MemoryMarshal.Cast<T, float>(part));
            return TensorPrimitives.Sum(MemoryMarshal.Cast<T, double>(part));
        }

        private static double PartSum(ReadOnlySpan<float> part)
        {
            var (lower, upper) = (Vector<double>.Zero, Vector<double>.Zero);
            int i = 0;
            for (; i + Vector<float>.Count <= part.Length; i += Vector<float>.Count)
            {
                Vector.Widen(new Vector<float>(part[i..]), out var low, out var high);
                lower += low;
                upper += high;
            }
            double sum = Vector.Sum(lower + upper);
            for (; i < part.Length; i++)
                sum += part[i];
            return sum;
        }
    }
}
