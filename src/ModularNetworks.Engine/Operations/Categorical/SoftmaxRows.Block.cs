using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

internal static unsafe partial class SoftmaxRows
{
    private readonly struct Block<T>(T* x, T* p, T* maxima, T* logSums, int rows, int columns, int rowsPerBlock)
        : IBlockKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int block, int worker)
        {
            int first = block * rowsPerBlock;
            int count = Math.Min(rowsPerBlock, rows - first);
            var max = new Span<T>(maxima + first, count);
            var sums = new Span<T>(logSums + first, count);
            if (columns < LongRow)
                RunTurned(x + ((nint)first * columns), p + ((nint)first * columns), max, sums);
            else
                RunLong(new(x + ((nint)first * columns), count * columns), new(p + ((nint)first * columns), count * columns), max, sums);
            TensorPrimitives.Log(sums, sums);
        }

        private void RunLong(ReadOnlySpan<T> logits, Span<T> probabilities, Span<T> max, Span<T> sums)
        {
            for (int row = 0; row < max.Length; row++)
            {
                var source = logits.Slice(row * columns, columns);
                max[row] = TensorPrimitives.MaxNumber(source);
                TensorPrimitives.Subtract(source, max[row], probabilities.Slice(row * columns, columns));
            }
            DropNegligible(probabilities);
            Exponential.OfNonPositive(probabilities);
            for (int row = 0; row < max.Length; row++)
            {
                var target = probabilities.Slice(row * columns, columns);
                sums[row] = TensorPrimitives.Sum<T>(target);
                TensorPrimitives.Multiply(target, T.One / sums[row], target);
            }
        }

        /// <summary>Turns short rows into columns and back, so that vectors run across the rows.</summary>
        private void RunTurned(T* logits, T* probabilities, Span<T> max, Span<T> sums)
        {
            int count = max.Length;
            Span<T> turned = stackalloc T[count * columns];
            Span<T> factors = stackalloc T[count];
            for (int column = 0; column < columns; column++)
                CopyColumn(logits + column, turned.Slice(column * count, count));
            turned[..count].CopyTo(max);
            for (int start = count; start < turned.Length; start += count)
                TensorPrimitives.Max(max, turned.Slice(start, count), max);
            for (int start = 0; start < turned.Length; start += count)
                TensorPrimitives.Subtract(turned.Slice(start, count), max, turned.Slice(start, count));
            DropNegligible(turned);
            Exponential.OfNonPositive(turned);
            turned[..count].CopyTo(sums);
            for (int start = count; start < turned.Length; start += count)
                TensorPrimitives.Add(sums, turned.Slice(start, count), sums);
            TensorPrimitives.Divide(T.One, sums, factors);
            for (int column = 0; column < columns; column++)
            {
                var ofColumn = turned.Slice(column * count, count);
                TensorPrimitives.Multiply(ofColumn, factors, ofColumn);
                for (int row = 0; row < count; row++)
                    probabilities[(row * columns) + column] = ofColumn[row];
            }
        }

        private void CopyColumn(T* source, Span<T> target)
        {
            for (int row = 0; row < target.Length; row++)
                target[row] = source[row * columns];
        }
    }

    /// <summary>
    /// Makes what is negligible a probability of exactly zero: tiny ones would make products denormal, on which arithmetic is
    /// a hundred times slower.
    /// </summary>
    private static void DropNegligible<T>(Span<T> shifted)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var least = new Vector<T>(T.CreateTruncating(LeastLogit));
        var nothing = new Vector<T>(T.NegativeInfinity);
        int i = 0;
        for (; i + Vector<T>.Count <= shifted.Length; i += Vector<T>.Count)
        {
            var values = new Vector<T>(shifted[i..]);
            Vector.ConditionalSelect(Vector.LessThan(values, least), nothing, values).CopyTo(shifted[i..]);
        }
        for (; i < shifted.Length; i++)
            shifted[i] = shifted[i] < least[0] ? nothing[0] : shifted[i];
    }
}
