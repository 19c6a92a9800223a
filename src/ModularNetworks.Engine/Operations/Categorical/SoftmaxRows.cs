using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

/// <summary>
/// The softmax of every row, shared by all operations on categorical distributions, made safe by the row's exact
/// maximum. Rows may be many and short, so that whole blocks of them go through each vectorised function.
/// </summary>
internal static unsafe partial class SoftmaxRows
{
    // About what the first-level cache holds.
    private const int ElementsPerBlock = 4096;

    /// <summary>Below this length a vectorised function costs more to call than it saves.</summary>
    public const int LongRow = 32;

    // e^-46 is 1e-20.
    private const double LeastLogit = -46;

    /// <summary>Computes the softmax of every row and its normaliser.</summary>
    /// <param name="tape">Lends the threads.</param>
    /// <param name="logits"><c>[..., M]</c>, M at least 1.</param>
    /// <param name="probabilities"><c>[..., M]</c>, written.</param>
    /// <param name="maxima"><c>[rows]</c>, written: the largest logit m of a row.</param>
    /// <param name="logSums"><c>[rows]</c>, written: <c>log(sum(exp(logit - m)))</c>.</param>
    public static void Run<T>(Tape tape, Tensor logits, Tensor probabilities, Tensor maxima, Tensor logSums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rows = logits.Shape.Rows, columns = logits.Shape.Last;
        int rowsPerBlock = Math.Max(1, ElementsPerBlock / columns);
        long count = (long)rows * columns;
        fixed (T* x = logits.As<T>(count), p = probabilities.As<T>(count), m = maxima.As<T>(rows), s = logSums.As<T>(rows))
        {
            var kernel = new Block<T>(x, p, m, s, rows, columns, rowsPerBlock);
            tape.Kernels.Workers.Run((rows + rowsPerBlock - 1) / rowsPerBlock, kernel);
        }
    }

    /// <summary>Checks that there is something to choose from.</summary>
    /// <exception cref="ShapeException">There is no last axis, or it is empty.</exception>
    public static void CheckShape(string operation, Shape logits)
    {
        if (logits.Rank == 0 || logits.Last == 0)
        {
            throw new ShapeException(
                $"{operation}: x has shape {logits}; it needs a last axis with at least one element. Check the "
                + "layer's output size.");
        }
    }

    /// <summary>The sum of a row, short or long.</summary>
    public static T Sum<T>(ReadOnlySpan<T> row)
        where T : unmanaged, IFloatingPointIeee754<T> => RowSum.Of(row, LongRow);

    /// <summary>Adds <c>factor * x</c> to a row, short or long.</summary>
    public static void AddScaled<T>(ReadOnlySpan<T> x, T factor, Span<T> row)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (row.Length >= LongRow)
        {
            TensorPrimitives.MultiplyAdd(x, factor, row, row);
            return;
        }
        for (int i = 0; i < x.Length; i++)
            row[i] += x[i] * factor;
    }
}
