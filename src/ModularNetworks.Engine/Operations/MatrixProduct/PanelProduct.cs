namespace ModularNetworks.Engine;

/// <summary>
/// Multiplies rows by packed panels, in tiles of six rows by two vectors, whose twelve sums fit the sixteen registers of
/// AVX2 and hide the latency of multiply-add; of eight rows by three where there are registers enough; or of eight by one.
/// Every sum runs over the inner index in order, so an element's bits do not depend on the tile it lies in.
/// </summary>
internal static unsafe partial class PanelProduct<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    private const int RowsOfTwo = 6;

    /// <summary>Computes some rows of a product.</summary>
    /// <param name="left">The left factor's rows.</param>
    /// <param name="innerStride">The distance between two elements of a row of the left factor.</param>
    /// <param name="panels">The right factor.</param>
    /// <param name="inner">The length of the sums.</param>
    /// <param name="columns">The columns of the product.</param>
    /// <param name="target">The product's rows.</param>
    /// <param name="firstRow">The first row to compute, of both factor and product.</param>
    /// <param name="endRow">The row after the last.</param>
    /// <param name="accumulate">Whether sums start from what is in the target, not from the panel's first row.</param>
    public static void Multiply<TLeft, TTarget>(
        TLeft left,
        nint innerStride,
        float* panels,
        int inner,
        int columns,
        TTarget target,
        int firstRow,
        int endRow,
        bool accumulate)
        where TLeft : struct, IRows
        where TTarget : struct, IRows
    {
        int width = Panels<TWidth, TVector>.Width;
        for (int column = 0; column < columns; column += width)
        {
            int lanes = Math.Min(width, columns - column);
            if (lanes > 2 * TWidth.Count)
            {
                int third = lanes - (2 * TWidth.Count);
                EightRows<TLeft, TTarget, ThreeVectors>(
                    left, innerStride, panels, inner, target, column, third, firstRow, endRow, accumulate);
            }
            else if (lanes > TWidth.Count)
            {
                int second = lanes - TWidth.Count;
                SixRows(left, innerStride, panels, inner, target, column, second, firstRow, endRow, accumulate);
            }
            else
            {
                EightRows<TLeft, TTarget, OneVector>(
                    left, innerStride, panels, inner, target, column, lanes, firstRow, endRow, accumulate);
            }
            panels += (nint)(inner + 1) * width;
        }
    }
}
