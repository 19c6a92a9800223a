using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

internal static unsafe partial class PanelProduct<TWidth, TVector>
{
    // A panel of two vectors. Rows after the last stand for the last once more: its sums are computed and stored again, with
    // the same bits. That is safe because all sums are loaded before any is stored.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SixRows<TLeft, TTarget>(
        TLeft left,
        nint stride,
        float* panel,
        int inner,
        TTarget target,
        int column,
        int lanes,
        int firstRow,
        int endRow,
        bool accumulate)
        where TLeft : struct, IRows
        where TTarget : struct, IRows
    {
        for (int row = firstRow; row < endRow; row += RowsOfTwo)
        {
            int last = endRow - 1;
            int row1 = Math.Min(row + 1, last), row2 = Math.Min(row + 2, last), row3 = Math.Min(row + 3, last);
            int row4 = Math.Min(row + 4, last), row5 = Math.Min(row + 5, last);
            float* a0 = left[row], a1 = left[row1], a2 = left[row2], a3 = left[row3], a4 = left[row4], a5 = left[row5];
            float* b = panel;
            TVector b0 = TWidth.Load(panel), b1 = TWidth.Load(panel + TWidth.Count);
            TVector s00 = b0, s10 = b0, s20 = b0, s30 = b0, s40 = b0, s50 = b0;
            TVector s01 = b1, s11 = b1, s21 = b1, s31 = b1, s41 = b1, s51 = b1;
            if (accumulate)
            {
                Load(target[row] + column, lanes, out s00, out s01);
                Load(target[row1] + column, lanes, out s10, out s11);
                Load(target[row2] + column, lanes, out s20, out s21);
                Load(target[row3] + column, lanes, out s30, out s31);
                Load(target[row4] + column, lanes, out s40, out s41);
                Load(target[row5] + column, lanes, out s50, out s51);
            }
            float* end = panel + ((nint)inner * 2 * TWidth.Count);
            for (nint i = 0; b < end; i += stride)
            {
                b += 2 * TWidth.Count;
                b0 = TWidth.Load(b);
                b1 = TWidth.Load(b + TWidth.Count);
                MultiplyAdd(a0[i], b0, b1, ref s00, ref s01);
                MultiplyAdd(a1[i], b0, b1, ref s10, ref s11);
                MultiplyAdd(a2[i], b0, b1, ref s20, ref s21);
                MultiplyAdd(a3[i], b0, b1, ref s30, ref s31);
                MultiplyAdd(a4[i], b0, b1, ref s40, ref s41);
                MultiplyAdd(a5[i], b0, b1, ref s50, ref s51);
            }
            Store(s00, s01, target[row] + column, lanes);
            Store(s10, s11, target[row1] + column, lanes);
            Store(s20, s21, target[row2] + column, lanes);
            Store(s30, s31, target[row3] + column, lanes);
            Store(s40, s41, target[row4] + column, lanes);
            Store(s50, s51, target[row5] + column, lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyAdd(float factor, TVector b0, TVector b1, ref TVector sum0, ref TVector sum1)
    {
        var broadcast = TWidth.Broadcast(factor);
        sum0 = TWidth.MultiplyAdd(broadcast, b0, sum0);
        sum1 = TWidth.MultiplyAdd(broadcast, b1, sum1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(float* source, int lanes, out TVector first, out TVector second)
    {
        first = TWidth.Load(source);
        second = LoadLast(source + TWidth.Count, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TVector first, TVector second, float* target, int lanes)
    {
        TWidth.Store(first, target);
        StoreLast(second, target + TWidth.Count, lanes);
    }
}
