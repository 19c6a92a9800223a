namespace ModularNetworks.Engine;

/// <summary>Products whose rows are many enough to share.</summary>
internal static unsafe class ProductByRowBlocks<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    // A panel of so many rows, 48 columns wide, leaves room for the left factor's rows in the first-level cache.
    private const int MaxInnerBlock = 192;

    public static void Run(
        Kernels kernels,
        in Matrix left,
        bool transposeLeft,
        in Matrix right,
        bool transposeRight,
        in Matrix product,
        bool accumulate)
    {
        var scratch = Kernels.Keep<ProductScratch>();
        int inner = transposeLeft ? left.Rows : left.Columns;
        int columns = product.Columns;
        var rightRows = EvenRows.Of(right);
        int innerBlock = Kernels.CountBlocks(inner, Math.Max(1, Kernels.CountBlocks(inner, MaxInnerBlock)));
        float* panels = scratch.Panels.Reserve(Panels<TWidth, TVector>.Size(innerBlock, columns));
        int blockRows = ProductBlocks<TWidth, TVector>.RowsPerBlock(product.Rows, innerBlock, columns, mostForReuse: 192);
        // A copy pays once several panels read it: the rows of a wide matrix are far apart, each on a page of its own, and
        // in the way of each other in the first-level cache.
        bool copiesLeft = columns > Panels<TWidth, TVector>.Width;
        nint copySize = copiesLeft ? TiledRows.Size(blockRows, innerBlock) : 0;
        float* copies = scratch.Workers.Reserve(copySize * kernels.Workers.ThreadCount);
        int start = 0;
        do
        {
            int count = Math.Min(innerBlock, inner - start);
            var rightPart = transposeRight ? rightRows.From(0, start) : rightRows.From(start, 0);
            var packing = new PanelBlocks(rightPart, transposeRight, count, columns, panels);
            long packingWork = (long)count * columns * ProductBlocks<TWidth, TVector>.PackingCost;
            kernels.RunBlocks(Panels<TWidth, TVector>.CountFor(columns), packing, packingWork);
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
            kernels.RunBlocks(Kernels.CountBlocks(product.Rows, blockRows), kernel, (long)product.Rows * columns * count);
            start += count;
        }
        while (start < inner);
    }

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
            float* copy = Copies + (worker * CopySize);
            if (!CopiesLeft)
                Multiply(Left.From(first, 0), InnerStride, first, count);
            else if (InnerStride == 1)
                Multiply(CopyRows(first, count, copy), InnerStride, first, count);
            else
                Multiply(CopyColumns(first, count, copy), TiledRows.InnerStride, first, count);
        }

        private readonly EvenRows CopyRows(int first, int count, float* copy)
        {
            var rows = new EvenRows(copy, Inner);
            for (int row = 0; row < count; row++)
                new Span<float>(Left[first + row], Inner).CopyTo(new Span<float>(rows[row], Inner));
            return rows;
        }

        private readonly TiledRows CopyColumns(int first, int count, float* copy)
        {
            var rows = new TiledRows(copy, Inner);
            rows.CopyColumns(new EvenRows(Left[first], InnerStride), count);
            return rows;
        }

        private readonly void Multiply<TLeft>(TLeft left, int innerStride, int first, int count)
            where TLeft : struct, IRows =>
            PanelProduct<TWidth, TVector>.Multiply(
                left, innerStride, Panels, Inner, Columns, Product.From(first, 0), 0, count, Accumulate);
    }
}
