namespace ModularNetworks.Engine;

internal sealed unsafe partial class SimdKernels<TWidth, TVector>
{
    // A panel of so many rows, 48 columns wide, leaves room for the left factor's rows in the first-level cache.
    private const int MaxInnerBlock = 192;

    private readonly Scratch _panels = new();

    public override void MatrixProduct(
        Matrix left, bool transposeLeft, Matrix right, bool transposeRight, Matrix product, bool accumulate)
    {
        int inner = transposeLeft ? left.Rows : left.Columns;
        if (product.Rows == 0 || product.Columns == 0)
            return;
        if (!UsesInnerBlocks(product.Rows, product.Columns, inner))
            ProductByRowBlocks(left, transposeLeft, right, transposeRight, product, accumulate);
        else if (transposeLeft && StepCost(product.Columns, product.Rows) < StepCost(product.Rows, product.Columns))
            ProductByInnerBlocks(right, !transposeRight, left, !transposeLeft, product, true, accumulate);
        else
            ProductByInnerBlocks(left, transposeLeft, right, transposeRight, product, false, accumulate);
        KeepAlive(left.Tensor, right.Tensor, product.Tensor);
    }

    private void ProductByRowBlocks(
        Matrix left, bool transposeLeft, Matrix right, bool transposeRight, Matrix product, bool accumulate)
    {
        int inner = transposeLeft ? left.Rows : left.Columns;
        int columns = product.Columns;
        var rightRows = EvenRows.Of(right);
        int innerBlock = CountBlocks(inner, Math.Max(1, CountBlocks(inner, MaxInnerBlock)));
        float* panels = _panels.Reserve(Panels<TWidth, TVector>.Size(innerBlock, columns));
        int blockRows = RowsPerBlock(product.Rows, innerBlock, columns, mostForReuse: 96);
        // A copy pays once several panels read it.
        bool copiesLeft = transposeLeft && columns > Panels<TWidth, TVector>.Width;
        nint copySize = copiesLeft ? TiledRows.Size(blockRows, innerBlock) : 0;
        float* copies = _workerScratch.Reserve(copySize * Workers.ThreadCount);
        int start = 0;
        do
        {
            int count = Math.Min(innerBlock, inner - start);
            var rightPart = transposeRight ? rightRows.From(0, start) : rightRows.From(start, 0);
            var packing = new PanelBlocks(rightPart, transposeRight, count, columns, panels);
            RunBlocks(Panels<TWidth, TVector>.CountFor(columns), packing, (long)count * columns * PackingCost);
            var kernel = new RowBlocks
            {
                Left = transposeLeft
                    ? new EvenRows(EvenRows.Of(left)[start], 1)
                    : EvenRows.Of(left).From(0, start),
                InnerStride = transposeLeft ? left.Stride : 1,
                CopiesLeft = copiesLeft,
                Panels = panels,
                Inner = count,
                Product = EvenRows.Of(product),
                Rows = product.Rows,
                Columns = columns,
                BlockRows = blockRows,
                Accumulate = accumulate || start > 0,
                Copies = copies,
                CopySize = copySize,
            };
            RunBlocks(CountBlocks(product.Rows, blockRows), kernel, (long)product.Rows * columns * count);
            start += count;
        }
        while (start < inner);
    }

    /// <summary>
    /// Rows that are worth handing to another thread, and enough to make up for reading all panels from the
    /// second-level cache.
    /// </summary>
    private static int RowsPerBlock(int rows, int inner, int columns, int mostForReuse)
    {
        long enoughWork = BlockWork / Math.Max(1, (long)inner * columns);
        long enoughReuse = Math.Clamp(rows / 16, 24, mostForReuse);
        return RoundToTiles(Math.Min(rows, Math.Max(enoughWork, enoughReuse)));
    }

    private static int RoundToTiles(long rows) =>
        (int)((rows + TiledRows.TileRows - 1) / TiledRows.TileRows * TiledRows.TileRows);

    /// <summary>Packs one panel of the right factor.</summary>
    private readonly struct PanelBlocks(EvenRows right, bool transposed, int inner, int columns, float* panels)
        : IBlockKernel
    {
        public void Run(int block, int worker) =>
            Panels<TWidth, TVector>.PackPanel(right, transposed, inner, columns, null, panels, block);
    }

    /// <summary>Multiplies some rows by all panels.</summary>
    private struct RowBlocks : IBlockKernel
    {
        public EvenRows Left;
        public int InnerStride;
        public bool CopiesLeft;
        public float* Panels;
        public int Inner;
        public EvenRows Product;
        public int Rows;
        public int Columns;
        public int BlockRows;
        public bool Accumulate;
        public float* Copies;
        public nint CopySize;

        public readonly void Run(int block, int worker)
        {
            int first = block * BlockRows;
            int count = Math.Min(BlockRows, Rows - first);
            var product = Product.From(first, 0);
            if (!CopiesLeft)
            {
                PanelProduct<TWidth, TVector>.Multiply(
                    Left.From(first, 0), InnerStride, Panels, Inner, Columns, product, 0, count, Accumulate);
                return;
            }
            var copy = new TiledRows(Copies + (worker * CopySize), Inner);
            copy.CopyColumns(new EvenRows(Left[first], InnerStride), count);
            PanelProduct<TWidth, TVector>.Multiply(
                copy, TiledRows.InnerStride, Panels, Inner, Columns, product, 0, count, Accumulate);
        }
    }
}
