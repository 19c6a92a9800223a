namespace ModularNetworks.Engine;

/// <summary>
/// Transposes squares of as many rows as a vector has lanes. Taking the even and the odd elements of vectors apart turns
/// the digits of an element's place, row before lane, by one; done once for each digit of a lane, it has put lanes in the
/// place of rows (Stone: "Parallel processing with the perfect shuffle", IEEE Transactions on Computers 1971).
/// </summary>
internal static unsafe class SquareTransposition<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    /// <summary>The elements of the memory that a transposition needs.</summary>
    public static int ScratchSize => 2 * TWidth.Count * TWidth.Count;

    /// <summary>Writes columns as rows; rows of the target are whole vectors, filled up with zeros.</summary>
    /// <param name="source">Where the source's rows are.</param>
    /// <param name="firstRow">The source's first row.</param>
    /// <param name="firstColumn">The source's first column.</param>
    /// <param name="rows">The source's rows, at most the lanes of a vector.</param>
    /// <param name="columns">The source's columns, at most the lanes of a vector.</param>
    /// <param name="scratch">Of <see cref="ScratchSize"/> elements.</param>
    /// <param name="target">The target's first row.</param>
    /// <param name="targetStride">The distance between two rows of the target.</param>
    public static void Run<TRows>(
        TRows source, int firstRow, int firstColumn, int rows, int columns, float* scratch, float* target, nint targetStride)
        where TRows : struct, IRows
    {
        int size = TWidth.Count;
        float* from = scratch;
        float* to = scratch + (size * size);
        for (int row = 0; row < size; row++)
        {
            var vector = row >= rows ? TWidth.Zero
                : columns == size ? TWidth.Load(source[firstRow + row] + firstColumn)
                : TWidth.LoadPart(source[firstRow + row] + firstColumn, columns);
            TWidth.Store(vector, from + (row * size));
        }
        for (int digit = size; digit > 1; digit /= 2)
        {
            Turn(from, to);
            float* swap = from;
            from = to;
            to = swap;
        }
        for (int row = 0; row < columns; row++)
            TWidth.Store(TWidth.Load(from + (row * size)), target + (row * targetStride));
    }

    private static void Turn(float* from, float* to)
    {
        int size = TWidth.Count;
        int half = size * size / 2;
        for (int place = 0; place < half; place += size, from += 2 * size)
        {
            TWidth.Deinterleave(TWidth.Load(from), TWidth.Load(from + size), out var even, out var odd);
            TWidth.Store(even, to + place);
            TWidth.Store(odd, to + half + place);
        }
    }
}
