namespace ModularNetworks.Engine;

// Small products of long sums, such as weight gradients: too few rows to share, so the sums are cut. The number of
// parts depends on the sizes only, and the parts are added in order.
internal sealed unsafe partial class SimdKernels<TWidth, TVector>
{
    private const int MaxPartialElements = 1 << 14;
    private const int MaxParts = 32;

    private readonly Scratch _partials = new();
    private readonly Scratch _workerScratch = new();

    private static bool UsesInnerBlocks(int rows, int columns, int inner) =>
        inner >= 2 * InnerBlock && (long)rows * columns <= MaxPartialElements;

    private void ProductByInnerBlocks(
        Matrix left, bool transposeLeft, Matrix right, bool transposeRight, Matrix product, bool accumulate)
    {
        int inner = transposeLeft ? left.Rows : left.Columns;
        int partInner = Math.Max(InnerBlock, CountBlocks(inner, MaxParts));
        int parts = CountBlocks(inner, partInner);
        int padded = Panels<TWidth, TVector>.PaddedColumns(product.Columns);
        nint partSize = (nint)product.Rows * padded;
        nint panelsSize = Panels<TWidth, TVector>.Size(partInner, product.Columns);
        var kernel = new InnerParts
        {
            Left = transposeLeft ? new EvenRows(left.Pointer, 1) : EvenRows.Of(left),
            InnerStride = transposeLeft ? left.Stride : 1,
            Right = EvenRows.Of(right),
            TransposeRight = transposeRight,
            Inner = inner,
            PartInner = partInner,
            Rows = product.Rows,
            Columns = product.Columns,
            Padded = padded,
            Partials = _partials.Reserve(partSize * parts),
            PanelScratch = _workerScratch.Reserve(panelsSize * Workers.ThreadCount),
            PanelsSize = panelsSize,
        };
        RunBlocks(parts, kernel, (long)product.Rows * product.Columns * inner);
        for (int row = 0; row < product.Rows; row++)
        {
            float* target = product.Pointer + ((nint)row * product.Stride);
            AddPartials(kernel.Partials + ((nint)row * padded), partSize, parts, target, product.Columns, accumulate);
        }
    }

    /// <summary>Adds up one row of equally spaced parts, in order.</summary>
    private static void AddPartials(
        float* part, nint partSize, int parts, float* target, int columns, bool accumulate)
    {
        for (int column = 0; column < columns; column += TWidth.Count)
        {
            int lanes = Math.Min(TWidth.Count, columns - column);
            var sum = accumulate ? TWidth.LoadPart(target + column, lanes) : TWidth.Zero;
            for (int i = 0; i < parts; i++)
                sum = TWidth.Add(sum, TWidth.Load(part + (i * partSize) + column));
            TWidth.StorePart(sum, target + column, lanes);
        }
    }

    /// <summary>Computes the product of one part of the inner index.</summary>
    private struct InnerParts : IBlockKernel
    {
        public EvenRows Left;
        public int InnerStride;
        public EvenRows Right;
        public bool TransposeRight;
        public int Inner;
        public int PartInner;
        public int Rows;
        public int Columns;
        public int Padded;
        public float* Partials;
        public float* PanelScratch;
        public nint PanelsSize;

        public readonly void Run(int block, int worker)
        {
            int start = block * PartInner;
            int count = Math.Min(PartInner, Inner - start);
            float* panels = PanelScratch + (PanelsSize * worker);
            var right = TransposeRight ? Right.From(0, start) : Right.From(start, 0);
            Panels<TWidth, TVector>.Pack(right, TransposeRight, count, Columns, null, panels);
            var left = new EvenRows(Left[0] + ((nint)start * InnerStride), Left.Stride);
            var target = new EvenRows(Partials + ((nint)block * Rows * Padded), Padded);
            PanelProduct<TWidth, TVector>.Multiply(
                left, InnerStride, panels, count, Padded, target, 0, Rows, accumulate: false);
        }
    }
}
