using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

/// <summary>
/// Products of many rows with a right factor of few columns, at most a vector of them, which is read where it lies. Every sum runs over
/// the inner index in order, as in <see cref="PanelProduct{TWidth, TVector}"/>, and has the same bits.
/// </summary>
/// <remarks>
/// The sums of such products are short: what a tile of rows costs beside its multiply-adds counts. So rows are found by adding their
/// distance, and what is left when tiles are full is done by the general way.
/// </remarks>
internal static unsafe class ThinProduct<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    // A right factor of so many rows stays in the first-level cache.
    private const int MaxInner = 128;

    /// <summary>Whether a product whose left factor is not transposed is one of these.</summary>
    public static bool Suits(int rows, int columns, int inner) =>
        rows >= TiledRows.TileRows && columns <= TWidth.Count && inner <= MaxInner;

    /// <summary>Computes a product.</summary>
    public static void Run(
        Kernels kernels, in Matrix left, in Matrix right, bool transposeRight, in Matrix product, bool accumulate)
    {
        int inner = left.Columns;
        var kernel = new RowBlocks
        {
            Left = EvenRows.Of(left),
            Right = transposeRight ? Transposed(right) : EvenRows.Of(right),
            Inner = inner,
            Product = EvenRows.Of(product),
            Rows = product.Rows,
            Columns = product.Columns,
            BlockRows = ProductBlocks<TWidth, TVector>.RowsPerBlock(product.Rows, inner, product.Columns, mostForReuse: 192),
            Accumulate = accumulate,
        };
        long work = (long)product.Rows * product.Columns * inner;
        kernels.RunBlocks(Kernels.CountBlocks(product.Rows, kernel.BlockRows), kernel, work);
    }

    private static EvenRows Transposed(in Matrix right)
    {
        float* panel = Kernels.Keep<ProductScratch>().Panels.Reserve(Panels<TWidth, TVector>.Size(right.Columns, right.Rows));
        Panels<TWidth, TVector>.Pack(EvenRows.Of(right), true, right.Columns, right.Rows, null, panel);
        return new EvenRows(panel + TWidth.Count, TWidth.Count);
    }

    private struct RowBlocks : IBlockKernel
    {
        public EvenRows Left;
        public EvenRows Right;
        public int Inner;
        public EvenRows Product;
        public int Rows;
        public int Columns;
        public int BlockRows;
        public bool Accumulate;

        public readonly void Run(int block, int worker)
        {
            int row = block * BlockRows;
            int end = Math.Min(row + BlockRows, Rows);
            int tiles = (end - row) / TiledRows.TileRows;
            Tiles(Left[row], Left.Stride, Right[0], Right.Stride, Inner, Product[row], Product.Stride, Columns, tiles, Accumulate);
            for (row += tiles * TiledRows.TileRows; row < end; row++)
                Row(Left[row], Right[0], Right.Stride, Inner, Product[row], Columns, Accumulate);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Tiles(
        float* left, nint leftStride, float* right, nint rightStride, int inner,
        float* product, nint productStride, int columns, int tiles, bool accumulate)
    {
        nint two = 2 * leftStride, three = 3 * leftStride, four = 4 * leftStride;
        for (; tiles > 0; tiles--, left += 2 * four, product += TiledRows.TileRows * productStride)
        {
            TVector s0 = TWidth.Zero, s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
            if (accumulate)
            {
                LoadFour(product, productStride, columns, out s0, out s1, out s2, out s3);
                LoadFour(product + (4 * productStride), productStride, columns, out s4, out s5, out s6, out s7);
            }
            float* a = left, end = left + inner, b = right;
            for (; a < end; a++, b += rightStride)
            {
                // Lanes behind the last column hold what nobody reads.
                var factors = TWidth.Load(b);
                float* lower = a + four;
                s0 = TWidth.MultiplyAdd(TWidth.Broadcast(a[0]), factors, s0);
                s1 = TWidth.MultiplyAdd(TWidth.Broadcast(a[leftStride]), factors, s1);
                s2 = TWidth.MultiplyAdd(TWidth.Broadcast(a[two]), factors, s2);
                s3 = TWidth.MultiplyAdd(TWidth.Broadcast(a[three]), factors, s3);
                s4 = TWidth.MultiplyAdd(TWidth.Broadcast(lower[0]), factors, s4);
                s5 = TWidth.MultiplyAdd(TWidth.Broadcast(lower[leftStride]), factors, s5);
                s6 = TWidth.MultiplyAdd(TWidth.Broadcast(lower[two]), factors, s6);
                s7 = TWidth.MultiplyAdd(TWidth.Broadcast(lower[three]), factors, s7);
            }
            StoreFour(product, productStride, columns, s0, s1, s2, s3);
            StoreFour(product + (4 * productStride), productStride, columns, s4, s5, s6, s7);
        }
    }

    private static void Row(
        float* left, float* right, nint rightStride, int inner, float* product, int columns, bool accumulate)
    {
        var sum = accumulate ? TWidth.LoadPart(product, columns) : TWidth.Zero;
        for (int i = 0; i < inner; i++, right += rightStride)
            sum = TWidth.MultiplyAdd(TWidth.Broadcast(left[i]), TWidth.Load(right), sum);
        TWidth.StorePart(sum, product, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadFour(
        float* source, nint stride, int columns, out TVector s0, out TVector s1, out TVector s2, out TVector s3)
    {
        s0 = TWidth.LoadPart(source, columns);
        s1 = TWidth.LoadPart(source + stride, columns);
        s2 = TWidth.LoadPart(source + (2 * stride), columns);
        s3 = TWidth.LoadPart(source + (3 * stride), columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFour(float* target, nint stride, int columns, TVector s0, TVector s1, TVector s2, TVector s3)
    {
        if (columns == TWidth.Count)
        {
            TWidth.Store(s0, target);
            TWidth.Store(s1, target + stride);
            TWidth.Store(s2, target + (2 * stride));
            TWidth.Store(s3, target + (3 * stride));
            return;
        }
        TWidth.StorePart(s0, target, columns);
        TWidth.StorePart(s1, target + stride, columns);
        TWidth.StorePart(s2, target + (2 * stride), columns);
        TWidth.StorePart(s3, target + (3 * stride), columns);
    }
}
