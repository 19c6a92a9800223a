using System.Runtime.CompilerServices;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Products of a few rows with a matrix in memory. Packing the matrix would take longer than multiplying by it; here
/// each of its numbers is read once, and the rows' sums stay in the first-level cache.
/// </summary>
internal static unsafe partial class FewRows<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    private const int Tile = 4;

    private const int MostRows = 16;
    private const int LeastColumns = 64;
    private const int LeastElements = 1 << 12;

    /// <summary>
    /// Whether so many rows are multiplied faster this way. Packing a small matrix takes no longer than the many short
    /// loops over its rows.
    /// </summary>
    public static bool Suits(int rows, int matrixRows, int columns) =>
        rows <= MostRows && columns >= LeastColumns && (long)matrixRows * columns >= LeastElements;

    /// <summary>The elements of the memory that a product needs.</summary>
    public static int ScratchSize(int columns) =>
        MostRows * Math.Max(Panels<TWidth, TVector>.PaddedColumns(columns), TWidth.Count * TWidth.Count);

    /// <summary>Multiplies rows by a matrix. Sums run over the matrix's rows in order.</summary>
    /// <param name="left">The left factor's rows.</param>
    /// <param name="first">The first row to compute, of both factor and product.</param>
    /// <param name="end">The row after the last.</param>
    /// <param name="matrix">The right factor.</param>
    /// <param name="bias">The numbers from which the sums start, or null for zeros.</param>
    /// <param name="target">The product's rows, overwritten.</param>
    /// <param name="scratch">Of <see cref="ScratchSize"/> elements.</param>
    public static void Multiply(
        PickedRows left, int first, int end, in WeightStream matrix, float* bias, PickedRows target, float* scratch)
    {
        int stride = Panels<TWidth, TVector>.PaddedColumns(matrix.Columns);
        for (int row = first; row < end; row++)
        {
            float* sums = scratch + ((row - first) * stride);
            if (bias is null)
                new Span<float>(sums, stride).Clear();
            else
                Panels<TWidth, TVector>.CopyRow(bias, sums, matrix.Columns);
        }
        int inner = 0;
        for (; inner + Tile <= matrix.Rows; inner += Tile)
            AddFour(left, first, end, matrix, inner, scratch, stride);
        for (; inner < matrix.Rows; inner++)
            AddOne(left, first, end, matrix, inner, scratch, stride);
        for (int row = first; row < end; row++, scratch += stride)
            new Span<float>(scratch, matrix.Columns).CopyTo(new Span<float>(target[row], matrix.Columns));
    }

    // Adds the products with four of the matrix's rows, for four rows at a time. Rows after the last stand for the last
    // once more: that is safe because the sums are loaded before any is stored.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddFour(
        PickedRows left, int first, int end, in WeightStream matrix, int inner, float* sums, int stride)
    {
        float* ahead = matrix.Ahead(inner);
        float* m0 = matrix[inner], m1 = matrix[inner + 1], m2 = matrix[inner + 2], m3 = matrix[inner + 3];
        int columns = matrix.Columns;
        for (int row = first; row < end; row += Tile, sums += Tile * stride)
        {
            int last = end - 1 - row;
            int row1 = Math.Min(1, last), row2 = Math.Min(2, last), row3 = Math.Min(3, last);
            Quad x0 = new(left[row] + inner), x1 = new(left[row + row1] + inner);
            Quad x2 = new(left[row + row2] + inner), x3 = new(left[row + row3] + inner);
            float* s0 = sums, s1 = sums + (row1 * stride), s2 = sums + (row2 * stride), s3 = sums + (row3 * stride);
            for (int column = 0; column < columns; column += TWidth.Count, ahead += Tile * TWidth.Count)
            {
                Fetch(ahead);
                TVector b0 = TWidth.Load(m0 + column), b1 = TWidth.Load(m1 + column);
                TVector b2 = TWidth.Load(m2 + column), b3 = TWidth.Load(m3 + column);
                var t0 = x0.AddProduct(b0, b1, b2, b3, TWidth.Load(s0 + column));
                var t1 = x1.AddProduct(b0, b1, b2, b3, TWidth.Load(s1 + column));
                var t2 = x2.AddProduct(b0, b1, b2, b3, TWidth.Load(s2 + column));
                var t3 = x3.AddProduct(b0, b1, b2, b3, TWidth.Load(s3 + column));
                TWidth.Store(t0, s0 + column);
                TWidth.Store(t1, s1 + column);
                TWidth.Store(t2, s2 + column);
                TWidth.Store(t3, s3 + column);
            }
            ahead = m0;
        }
    }

    private static void AddOne(
        PickedRows left, int first, int end, in WeightStream matrix, int inner, float* sums, int stride)
    {
        float* factors = matrix[inner];
        for (int row = first; row < end; row++, sums += stride)
        {
            var factor = TWidth.Broadcast(left[row][inner]);
            for (int column = 0; column < matrix.Columns; column += TWidth.Count)
            {
                var sum = TWidth.MultiplyAdd(factor, TWidth.Load(factors + column), TWidth.Load(sums + column));
                TWidth.Store(sum, sums + column);
            }
        }
    }

    /// <summary>Fetches what four vectors hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch(float* place)
    {
        WeightStream.Fetch(place);
        WeightStream.Fetch(place + TWidth.Count);
        WeightStream.Fetch(place + (2 * TWidth.Count));
        WeightStream.Fetch(place + (3 * TWidth.Count));
    }
}
