using System.Runtime.Intrinsics.X86;

namespace ModularNetworks.Engine;

/// <summary>
/// The right factor of a product, copied into the order in which <see cref="PanelProduct{TWidth, TVector}"/> reads it:
/// panels of two or three vectors' columns (fewer if no more are left), each with its rows one after the other, columns
/// padded with zeros. A panel's first row is what the sums start from: zeros, or a bias.
/// </summary>
internal static unsafe class Panels<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    // So many rows are on their way from memory while one is copied.
    private const int RowsAhead = 8;

    /// <summary>The columns of a full panel.</summary>
    public static int Width => TWidth.PanelVectors * TWidth.Count;

    public static int CountFor(int columns) => (columns + Width - 1) / Width;

    /// <summary>The columns with padding: a multiple of the lanes of a vector.</summary>
    public static int PaddedColumns(int columns) => (columns + TWidth.Count - 1) / TWidth.Count * TWidth.Count;

    /// <summary>The elements of all panels.</summary>
    public static nint Size(int inner, int columns) => (nint)(inner + 1) * PaddedColumns(columns);

    /// <summary>Where a panel starts.</summary>
    public static nint Offset(int panel, int inner) => (nint)(inner + 1) * Width * panel;

    /// <summary>Packs all panels of <c>[inner, columns]</c>, or of <c>[columns, inner]</c> if transposed.</summary>
    public static void Pack<TRows>(TRows right, bool transposed, int inner, int columns, float* bias, float* panels)
        where TRows : struct, IRows =>
        PackColumns(right, transposed, inner, 0, columns, bias, panels);

    /// <summary>Packs one panel into its place.</summary>
    public static void PackPanel<TRows>(
        TRows right, bool transposed, int inner, int columns, float* bias, float* panels, int panel)
        where TRows : struct, IRows
    {
        int first = panel * Width;
        PackColumns(right, transposed, inner, first, Math.Min(first + Width, columns), bias, panels);
    }

    /// <summary>Adds up the rows of packed panels, without what the sums start from.</summary>
    public static void SumRows(float* panels, int inner, int columns, float* sums, bool accumulate)
    {
        for (int column = 0; column < columns; column += TWidth.Count)
        {
            int panel = column / Width;
            int stride = Math.Min(Width, PaddedColumns(columns - (panel * Width)));
            float* source = panels + Offset(panel, inner) + (column % Width);
            int lanes = Math.Min(TWidth.Count, columns - column);
            var sum = accumulate ? TWidth.LoadPart(sums + column, lanes) : TWidth.Zero;
            for (int row = 1; row <= inner; row++)
                sum = TWidth.Add(sum, TWidth.Load(source + ((nint)row * stride)));
            TWidth.StorePart(sum, sums + column, lanes);
        }
    }

    /// <summary>Copies a row and fills its last vector up with zeros.</summary>
    public static void CopyRow(float* source, float* target, int count)
    {
        int lane = 0;
        for (; lane + TWidth.Count <= count; lane += TWidth.Count)
            TWidth.Store(TWidth.Load(source + lane), target + lane);
        if (lane < count)
            TWidth.Store(TWidth.LoadPart(source + lane, count - lane), target + lane);
    }

    /// <summary>
    /// Fetches elements that will be needed soon. Processors fetch ahead within a page of memory on their own, but not across
    /// its end.
    /// </summary>
    public static void Prefetch(float* source, int count)
    {
        if (!Sse.IsSupported)
            return;
        for (int i = 0; i < count; i += AlignedBuffer.Alignment / sizeof(float))
            Sse.Prefetch0(source + i);
    }

    private static void PackColumns<TRows>(
        TRows right, bool transposed, int inner, int first, int end, float* bias, float* panels)
        where TRows : struct, IRows
    {
        for (int column = first; column < end; column += Width)
        {
            int count = Math.Min(Width, end - column);
            float* panel = panels + Offset(column / Width, inner);
            if (bias is null)
                new Span<float>(panel, PaddedColumns(count)).Clear();
            else
                CopyRow(bias + column, panel, count);
            if (transposed)
                CopyTransposed(right, column, count, end - column, inner, panel + PaddedColumns(count));
        }
        // A row of all panels at a time: memory is read fastest in its own order.
        for (int row = 0; row < inner && !transposed; row++)
        {
            if (row + RowsAhead < inner)
                Prefetch(right[row + RowsAhead] + first, end - first);
            for (int column = first; column < end; column += Width)
            {
                int count = Math.Min(Width, end - column);
                float* panel = panels + Offset(column / Width, inner);
                CopyRow(right[row] + column, panel + ((nint)(row + 1) * PaddedColumns(count)), count);
            }
        }
    }

    private static void CopyTransposed<TRows>(
        TRows right, int column, int count, int available, int inner, float* target)
        where TRows : struct, IRows
    {
        int size = TWidth.Count;
        int padded = PaddedColumns(count);
        float* scratch = stackalloc float[SquareTransposition<TWidth, TVector>.ScratchSize];
        for (int lane = 0; lane < padded; lane += size)
        {
            int lanes = Math.Clamp(count - lane, 0, size);
            int ahead = Math.Clamp(available - lane - size, 0, size);
            for (int row = 0; row < inner; row += size)
            {
                for (int i = 0; i < ahead; i++)
                    Prefetch(right[column + lane + size + i] + row, size);
                int rows = Math.Min(size, inner - row);
                float* to = target + ((nint)row * padded) + lane;
                SquareTransposition<TWidth, TVector>.Run(right, column + lane, row, lanes, rows, scratch, to, padded);
            }
        }
    }
}
