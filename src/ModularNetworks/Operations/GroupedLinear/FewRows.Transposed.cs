using System.Runtime.CompilerServices;

namespace ModularNetworks;

internal static unsafe partial class FewRows<TWidth, TVector>
{
    /// <summary>
    /// Multiplies rows by a matrix's transpose. A sum runs along a row of the matrix, in as many parts as a vector has
    /// lanes.
    /// </summary>
    /// <param name="left">The left factor's rows.</param>
    /// <param name="first">The first row to compute, of both factor and product.</param>
    /// <param name="end">The row after the last.</param>
    /// <param name="matrix">The transpose of the right factor.</param>
    /// <param name="target">The product's rows.</param>
    /// <param name="accumulate">Whether to add to the target.</param>
    /// <param name="scratch">Of <see cref="ScratchSize"/> elements.</param>
    public static void MultiplyTransposed(
        PickedRows left, int first, int end, in WeightStream matrix, PickedRows target, bool accumulate, float* scratch)
    {
        int square = TWidth.Count * TWidth.Count;
        for (int column = 0; column < matrix.Rows; column += TWidth.Count)
        {
            int lanes = Math.Min(TWidth.Count, matrix.Rows - column);
            for (int i = 0; i < lanes; i += 2)
                DotProducts(left, first, end, matrix, column + i, scratch + (i * TWidth.Count));
            for (int row = first; row < end; row++)
            {
                var sums = SumEach(scratch + ((row - first) * square));
                float* place = target[row] + column;
                if (accumulate)
                    sums = TWidth.Add(TWidth.LoadPart(place, lanes), sums);
                TWidth.StorePart(sums, place, lanes);
            }
        }
    }

    // With two of the matrix's rows (the last once more if it is alone), for four rows at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DotProducts(
        PickedRows left, int first, int end, in WeightStream matrix, int matrixRow, float* parts)
    {
        int square = TWidth.Count * TWidth.Count, columns = matrix.Columns;
        float* m0 = matrix[matrixRow], m1 = matrix[Math.Min(matrixRow + 1, matrix.Rows - 1)];
        float* ahead = matrix.Ahead(matrixRow);
        for (int row = first; row < end; row += Tile, parts += Tile * square)
        {
            int last = end - 1 - row;
            int row1 = Math.Min(1, last), row2 = Math.Min(2, last), row3 = Math.Min(3, last);
            float* a0 = left[row], a1 = left[row + row1], a2 = left[row + row2], a3 = left[row + row3];
            Pair s0 = default, s1 = default, s2 = default, s3 = default;
            int column = 0;
            for (; column + TWidth.Count <= columns; column += TWidth.Count, ahead += 2 * TWidth.Count)
            {
                WeightStream.Fetch(ahead);
                WeightStream.Fetch(ahead + TWidth.Count);
                TVector b0 = TWidth.Load(m0 + column), b1 = TWidth.Load(m1 + column);
                s0.AddProduct(TWidth.Load(a0 + column), b0, b1);
                s1.AddProduct(TWidth.Load(a1 + column), b0, b1);
                s2.AddProduct(TWidth.Load(a2 + column), b0, b1);
                s3.AddProduct(TWidth.Load(a3 + column), b0, b1);
            }
            if (column < columns)
            {
                int lanes = columns - column;
                TVector b0 = TWidth.LoadPart(m0 + column, lanes), b1 = TWidth.LoadPart(m1 + column, lanes);
                s0.AddProduct(TWidth.LoadPart(a0 + column, lanes), b0, b1);
                s1.AddProduct(TWidth.LoadPart(a1 + column, lanes), b0, b1);
                s2.AddProduct(TWidth.LoadPart(a2 + column, lanes), b0, b1);
                s3.AddProduct(TWidth.LoadPart(a3 + column, lanes), b0, b1);
            }
            s0.Store(parts);
            s1.Store(parts + (row1 * square));
            s2.Store(parts + (row2 * square));
            s3.Store(parts + (row3 * square));
            ahead = m0;
        }
    }

    /// <summary>
    /// The sum of each of as many vectors as a vector has lanes, which are overwritten: the even and the odd lanes of two
    /// vectors are added until each vector has one lane left.
    /// </summary>
    private static TVector SumEach(float* vectors)
    {
        for (int count = TWidth.Count; count > 1; count /= 2)
        {
            for (int i = 0; i < count; i += 2)
            {
                float* pair = vectors + (i * TWidth.Count);
                TWidth.Deinterleave(TWidth.Load(pair), TWidth.Load(pair + TWidth.Count), out var even, out var odd);
                TWidth.Store(TWidth.Add(even, odd), vectors + (i / 2 * TWidth.Count));
            }
        }
        return TWidth.Load(vectors);
    }

    /// <summary>A row's sums with two rows of the matrix, in parts.</summary>
    private struct Pair
    {
        private TVector _first;
        private TVector _second;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void AddProduct(TVector factor, TVector first, TVector second)
        {
            _first = TWidth.MultiplyAdd(factor, first, _first);
            _second = TWidth.MultiplyAdd(factor, second, _second);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(float* parts)
        {
            TWidth.Store(_first, parts);
            TWidth.Store(_second, parts + TWidth.Count);
        }
    }
}
