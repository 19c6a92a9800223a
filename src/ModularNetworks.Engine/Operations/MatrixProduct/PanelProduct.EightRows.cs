using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

internal static unsafe partial class PanelProduct<TWidth, TVector>
{
    // A panel of one vector or of three. Of three, its eleven loads a step keep up with twenty-four multiply-adds, where eight
    // with twelve do not on processors that load little more than one wide vector a cycle.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightRows<TLeft, TTarget, TVectors>(
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
        where TVectors : struct, IVectors<TVectors>
    {
        for (int row = firstRow; row < endRow; row += TiledRows.TileRows)
        {
            int last = endRow - 1;
            int row1 = Math.Min(row + 1, last), row2 = Math.Min(row + 2, last), row3 = Math.Min(row + 3, last);
            int row4 = Math.Min(row + 4, last), row5 = Math.Min(row + 5, last), row6 = Math.Min(row + 6, last);
            int row7 = Math.Min(row + 7, last);
            float* a0 = left[row], a1 = left[row1], a2 = left[row2], a3 = left[row3];
            float* a4 = left[row4], a5 = left[row5], a6 = left[row6], a7 = left[row7];
            float* b = panel;
            TVectors start = TVectors.Load(panel), s0 = start, s1 = start, s2 = start, s3 = start;
            TVectors s4 = start, s5 = start, s6 = start, s7 = start;
            if (accumulate)
            {
                s0 = TVectors.LoadPart(target[row] + column, lanes);
                s1 = TVectors.LoadPart(target[row1] + column, lanes);
                s2 = TVectors.LoadPart(target[row2] + column, lanes);
                s3 = TVectors.LoadPart(target[row3] + column, lanes);
                s4 = TVectors.LoadPart(target[row4] + column, lanes);
                s5 = TVectors.LoadPart(target[row5] + column, lanes);
                s6 = TVectors.LoadPart(target[row6] + column, lanes);
                s7 = TVectors.LoadPart(target[row7] + column, lanes);
            }
            if (TVectors.Count > 1)
                PrefetchTile(target, column, row + TiledRows.TileRows, last);
            float* end = panel + ((nint)inner * TVectors.Count * TWidth.Count);
            for (nint i = 0; b < end; i += stride)
            {
                b += TVectors.Count * TWidth.Count;
                var factors = TVectors.Load(b);
                s0.AddProduct(TWidth.Broadcast(a0[i]), factors);
                s1.AddProduct(TWidth.Broadcast(a1[i]), factors);
                s2.AddProduct(TWidth.Broadcast(a2[i]), factors);
                s3.AddProduct(TWidth.Broadcast(a3[i]), factors);
                s4.AddProduct(TWidth.Broadcast(a4[i]), factors);
                s5.AddProduct(TWidth.Broadcast(a5[i]), factors);
                s6.AddProduct(TWidth.Broadcast(a6[i]), factors);
                s7.AddProduct(TWidth.Broadcast(a7[i]), factors);
            }
            s0.Store(target[row] + column, lanes);
            s1.Store(target[row1] + column, lanes);
            s2.Store(target[row2] + column, lanes);
            s3.Store(target[row3] + column, lanes);
            s4.Store(target[row4] + column, lanes);
            s5.Store(target[row5] + column, lanes);
            s6.Store(target[row6] + column, lanes);
            s7.Store(target[row7] + column, lanes);
        }
    }

    // The sums of a tile wait for what the product holds, unless that has come from memory while the tile before was made.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchTile<TTarget>(TTarget target, int column, int firstRow, int last)
        where TTarget : struct, IRows
    {
        for (int row = firstRow; row < firstRow + TiledRows.TileRows; row++)
            Panels<TWidth, TVector>.Prefetch(target[Math.Min(row, last)] + column, 3 * TWidth.Count);
    }
}
