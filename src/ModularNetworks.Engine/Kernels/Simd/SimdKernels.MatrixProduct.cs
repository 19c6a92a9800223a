namespace ModularNetworks.Engine;

internal sealed unsafe partial class SimdKernels<TWidth, TVector>
{
    // A panel of so many rows, 32 columns wide, leaves room for the left factor's rows in the first-level cache.
    private const int InnerBlock = 256;

    private readonly Scratch _panels = new();

    public override void MatrixProduct(
        Matrix left, bool transposeLeft, Matrix right, bool transposeRight, Matrix product, bool accumulate)
    {
        int inner = transposeLeft ? left.Rows : left.Columns;
        if (product.Rows == 0 || product.Columns == 0)
            return;
        if (UsesInnerBlocks(product.Rows, product.Columns, inner))
            ProductByInnerBlocks(left, transposeLeft, right, transposeRight, product, accumulate);
        else
            ProductByRowBlocks(left, transposeLeft, right, transposeRight, product, accumulate);
        KeepAlive(left.Tensor, right.Tensor, product.Tensor);
    }

    private void ProductByRowBlocks(
        Matrix left, bool transposeLeft, Matrix right, bool transposeRight, Matrix product, bool accumulate)
    {
        int inner = transposeLeft ? left.Rows : left.Columns;
        int columns = product.Columns;
        var rightRows = EvenRows.Of(right);
        float* panels = _panels.Reserve(Panels<TWidth, TVector>.Size(Math.Min(inner, InnerBlock), columns));
        int blockRows = RowsPerBlock(product.Rows, Math.Min(inner, InnerBlock), columns);
        int start = 0;
        do
        {
            int count = Math.Min(InnerBlock, inner - start);
            var rightPart = transposeRight ? rightRows.From(0, start) : rightRows.From(start, 0);
            var packing = new PanelBlocks(rightPart, transposeRight, count, columns, panels);
            RunBlocks(Panels<TWidth, TVector>.CountFor(columns), packing, (long)count * columns * PackingCost);
            var leftPart = transposeLeft
                ? new EvenRows(left.Pointer + ((nint)start * left.Stride), 1)
                : new EvenRows(left.Pointer + start, left.Stride);
            var kernel = new RowBlocks(
                leftPart, transposeLeft ? left.Stride : 1, panels, count, EvenRows.Of(product), product.Rows, columns,
                blockRows, accumulate || start > 0);
            RunBlocks(CountBlocks(product.Rows, blockRows), kernel, (long)product.Rows * columns * count);
            start += InnerBlock;
        }
        while (start < inner);
    }

    /// <summary>
    /// Rows for which a thread can be woken, but no fewer than make up for reading all panels from the second-level cache.
    /// </summary>
    private static int RowsPerBlock(int rows, int inner, int columns)
    {
        long enoughWork = BlockWork / Math.Max(1, (long)inner * columns);
        long enoughReuse = Math.Clamp(rows / 16, 24, 96);
        return RoundToTiles(Math.Min(rows, Math.Max(enoughWork, enoughReuse)));
    }

    private static int RoundToTiles(long rows) =>
        (int)((rows + PanelProduct<TWidth, TVector>.TileRows - 1)
            / PanelProduct<TWidth, TVector>.TileRows * PanelProduct<TWidth, TVector>.TileRows);

    /// <summary>Packs one panel of the right factor.</summary>
    private readonly struct PanelBlocks(EvenRows right, bool transposed, int inner, int columns, float* panels) : IBlockKernel
    {
        public void Run(int block, int worker) =>
            Panels<TWidth, TVector>.PackPanel(right, transposed, inner, columns, null, panels, block);
    }

    /// <summary>Multiplies some rows by all panels.</summary>
    private readonly struct RowBlocks(
        EvenRows left,
        nint innerStride,
        float* panels,
        int inner,
        EvenRows product,
        int rows,
        int columns,
        int blockRows,
        bool accumulate) : IBlockKernel
    {
        public void Run(int block, int worker)
        {
            int first = block * blockRows;
            int end = Math.Min(first + blockRows, rows);
            PanelProduct<TWidth, TVector>.Multiply(
                left, innerStride, panels, inner, columns, product, first, end, accumulate);
        }
    }
}
