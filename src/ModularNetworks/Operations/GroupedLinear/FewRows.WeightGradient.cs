using System.Runtime.CompilerServices;

namespace ModularNetworks;

internal static unsafe partial class FewRows<TWidth, TVector>
{
    /// <summary>Adds the outer products of rows, in their order, to a matrix.</summary>
    /// <param name="left">The factors of the matrix's rows.</param>
    /// <param name="right">The factors of the matrix's columns.</param>
    /// <param name="first">The first row of both factors.</param>
    /// <param name="end">The row after the last.</param>
    /// <param name="matrix">Added to.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddOuterProducts(PickedRows left, PickedRows right, int first, int end, in WeightStream matrix)
    {
        for (int inner = 0; inner < matrix.Rows; inner++)
        {
            float* target = matrix[inner], ahead = matrix.Ahead(inner);
            int row = first;
            for (; row + Tile <= end; row += Tile)
            {
                var factors = new Quad(left[row][inner], left[row + 1][inner], left[row + 2][inner], left[row + 3][inner]);
                AddScaled(factors, right, row, target, matrix.Columns, ahead);
                ahead = target;
            }
            for (; row < end; row++)
            {
                AddScaled(TWidth.Broadcast(left[row][inner]), right[row], target, matrix.Columns, ahead);
                ahead = target;
            }
        }
    }

    /// <summary>Adds rows, in their order, to a vector.</summary>
    public static void AddRows(PickedRows rows, int first, int end, float* target, int count)
    {
        for (int row = first; row < end; row++)
            AddScaled(TWidth.Broadcast(1), rows[row], target, count, target);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled(in Quad factors, PickedRows rows, int row, float* target, int count, float* ahead)
    {
        float* b0 = rows[row], b1 = rows[row + 1], b2 = rows[row + 2], b3 = rows[row + 3];
        var copy = factors;
        int column = 0;
        for (; column + TWidth.Count <= count; column += TWidth.Count, target += TWidth.Count)
        {
            WeightStream.Fetch(ahead + column);
            TVector r0 = TWidth.Load(b0 + column), r1 = TWidth.Load(b1 + column);
            TVector r2 = TWidth.Load(b2 + column), r3 = TWidth.Load(b3 + column);
            TWidth.Store(copy.AddProduct(r0, r1, r2, r3, TWidth.Load(target)), target);
        }
        if (column < count)
        {
            int lanes = count - column;
            TVector r0 = TWidth.LoadPart(b0 + column, lanes), r1 = TWidth.LoadPart(b1 + column, lanes);
            TVector r2 = TWidth.LoadPart(b2 + column, lanes), r3 = TWidth.LoadPart(b3 + column, lanes);
            TWidth.StorePart(copy.AddProduct(r0, r1, r2, r3, TWidth.LoadPart(target, lanes)), target, lanes);
        }
    }

    private static void AddScaled(TVector factor, float* row, float* target, int count, float* ahead)
    {
        int column = 0;
        for (; column + TWidth.Count <= count; column += TWidth.Count)
        {
            WeightStream.Fetch(ahead + column);
            var sum = TWidth.MultiplyAdd(factor, TWidth.Load(row + column), TWidth.Load(target + column));
            TWidth.Store(sum, target + column);
        }
        if (column < count)
        {
            int lanes = count - column;
            var sum = TWidth.LoadPart(target + column, lanes);
            sum = TWidth.MultiplyAdd(factor, TWidth.LoadPart(row + column, lanes), sum);
            TWidth.StorePart(sum, target + column, lanes);
        }
    }
}
