using System.Runtime.CompilerServices;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Products of a few short rows with small matrices, for recurrent units. Row sums lie in scratch memory whose rows have
/// room for whole vectors (<see cref="PaddedLength"/>); what is computed past the last column is never read.
/// </summary>
internal static unsafe class RowProducts<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    private const int WidestVector = 16;

    // Shorter rows are not worth the sums over lanes.
    private const int ShortestLongRow = 32;

    /// <summary>The length of a scratch row that holds some columns.</summary>
    public static int PaddedLength(int columns) => (columns + WidestVector - 1) / WidestVector * WidestVector;

    /// <summary><c>sums[r] += vectors[r] x matrix</c> for all rows.</summary>
    public static void AddShared(
        float* vectors,
        int vectorStride,
        int inner,
        float* matrix,
        int matrixStride,
        float* sums,
        int sumStride,
        int columns,
        int rows)
    {
        int row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            float* four = vectors + (row * vectorStride);
            AddToFour(four, vectorStride, inner, matrix, matrixStride, sums + (row * sumStride), sumStride, columns);
        }
        for (; row < rows; row++)
            Add(vectors + (row * vectorStride), inner, matrix, matrixStride, sums + (row * sumStride), columns);
    }

    /// <summary><c>sum += vector x matrix</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(float* vector, int inner, float* matrix, int matrixStride, float* sum, int columns)
    {
        for (int column = 0; column < columns; column += TWidth.Count)
        {
            // Two sums, since one would wait for each of its additions in turn.
            TVector even = TWidth.Load(sum + column), odd = TWidth.Zero;
            int i = 0;
            for (; i + 2 <= inner; i += 2)
            {
                float* pair = matrix + (i * matrixStride) + column;
                even = TWidth.MultiplyAdd(TWidth.Broadcast(vector[i]), TWidth.Load(pair), even);
                odd = TWidth.MultiplyAdd(TWidth.Broadcast(vector[i + 1]), TWidth.Load(pair + matrixStride), odd);
            }
            if (i < inner)
                even = TWidth.MultiplyAdd(TWidth.Broadcast(vector[i]), TWidth.Load(matrix + (i * matrixStride) + column), even);
            TWidth.Store(TWidth.Add(even, odd), sum + column);
        }
    }

    /// <summary><c>sum[i] += vector . matrix[i]</c>: the product with the transposed matrix.</summary>
    public static void AddTransposed(float* vector, int columns, float* matrix, int matrixStride, float* sum, int rows)
    {
        int done = columns < ShortestLongRow ? 0 : AddLongDots(vector, columns, matrix, matrixStride, sum, rows);
        for (int i = done; i < rows; i++)
        {
            float dot = 0;
            for (int column = 0; column < columns; column++)
                dot += vector[column] * matrix[(i * matrixStride) + column];
            sum[i] += dot;
        }
    }

    /// <summary>Copies rows of a tensor into padded scratch rows.</summary>
    public static void Gather(float* source, int columns, float* scratch, int stride, int rows)
    {
        for (int row = 0; row < rows; row++)
            Copy(source + (row * columns), scratch + (row * stride), columns);
    }

    /// <summary>Copies padded scratch rows into rows of a tensor.</summary>
    public static void Scatter(float* scratch, int stride, float* target, int columns, int rows)
    {
        for (int row = 0; row < rows; row++)
            Copy(scratch + (row * stride), target + (row * columns), columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(float* source, float* target, int count) =>
        new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(target, count));

    /// <summary>Copies a matrix with its columns as rows.</summary>
    public static void Transpose(Matrix matrix, float* target, int targetStride)
    {
        float* source = matrix.Pointer;
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int column = 0; column < matrix.Columns; column++)
                target[(column * targetStride) + row] = source[(row * matrix.Stride) + column];
        }
    }

    /// <summary><c>sum[i] += vector . matrix[i]</c> for four rows at a time; returns for how many.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int AddLongDots(float* vector, int columns, float* matrix, int matrixStride, float* sum, int rows)
    {
        int i = 0;
        for (; i + 4 <= rows; i += 4)
            AddFourDots(vector, columns, matrix + ((nint)i * matrixStride), matrixStride, sum + i);
        return i;
    }

    /// <summary><c>sum[i] += vector . matrix[i]</c> for four rows.</summary>
    private static void AddFourDots(float* vector, int columns, float* matrix, int matrixStride, float* sum)
    {
        TVector dot0 = TWidth.Zero, dot1 = TWidth.Zero, dot2 = TWidth.Zero, dot3 = TWidth.Zero;
        for (int column = 0; column < columns; column += TWidth.Count)
        {
            int count = Math.Min(TWidth.Count, columns - column);
            float* row = matrix + column;
            var factors = LoadUpTo(vector + column, count);
            dot0 = TWidth.MultiplyAdd(factors, LoadUpTo(row, count), dot0);
            dot1 = TWidth.MultiplyAdd(factors, LoadUpTo(row + matrixStride, count), dot1);
            dot2 = TWidth.MultiplyAdd(factors, LoadUpTo(row + (2 * matrixStride), count), dot2);
            dot3 = TWidth.MultiplyAdd(factors, LoadUpTo(row + (3 * matrixStride), count), dot3);
        }
        sum[0] += TWidth.Sum(dot0);
        sum[1] += TWidth.Sum(dot1);
        sum[2] += TWidth.Sum(dot2);
        sum[3] += TWidth.Sum(dot3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LoadUpTo(float* source, int count) =>
        count == TWidth.Count ? TWidth.Load(source) : TWidth.LoadPart(source, count);

    private static void AddToFour(
        float* vectors, int vectorStride, int inner, float* matrix, int matrixStride, float* sums, int sumStride, int columns)
    {
        for (int column = 0; column < columns; column += TWidth.Count)
        {
            float* sum = sums + column;
            TVector sum0 = TWidth.Load(sum), sum1 = TWidth.Load(sum + sumStride);
            TVector sum2 = TWidth.Load(sum + (2 * sumStride)), sum3 = TWidth.Load(sum + (3 * sumStride));
            for (int i = 0; i < inner; i++)
            {
                var weights = TWidth.Load(matrix + (i * matrixStride) + column);
                float* element = vectors + i;
                sum0 = TWidth.MultiplyAdd(TWidth.Broadcast(element[0]), weights, sum0);
                sum1 = TWidth.MultiplyAdd(TWidth.Broadcast(element[vectorStride]), weights, sum1);
                sum2 = TWidth.MultiplyAdd(TWidth.Broadcast(element[2 * vectorStride]), weights, sum2);
                sum3 = TWidth.MultiplyAdd(TWidth.Broadcast(element[3 * vectorStride]), weights, sum3);
            }
            TWidth.Store(sum0, sum);
            TWidth.Store(sum1, sum + sumStride);
            TWidth.Store(sum2, sum + (2 * sumStride));
            TWidth.Store(sum3, sum + (3 * sumStride));
        }
    }
}
