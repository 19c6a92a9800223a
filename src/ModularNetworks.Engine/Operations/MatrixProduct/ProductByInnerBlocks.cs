namespace ModularNetworks.Engine;

/// <summary>
/// Small products of long sums, such as weight gradients: too few rows to share, so the sums are cut. The number of
/// parts depends on the sizes only, and the parts are added in order.
/// </summary>
internal static unsafe class ProductByInnerBlocks<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    private const int LeastPartInner = 256;
    private const int MaxPartialElements = 1 << 14;
    private const int MaxParts = 32;

    /// <summary>Whether a product is computed faster this way.</summary>
    public static bool Suits(int rows, int columns, int inner) =>
        inner >= 2 * LeastPartInner && (long)rows * columns <= MaxPartialElements;

    /// <summary>Computes a product, or, from its factors in reverse and transposed, its transpose.</summary>
    public static void Run(
        Kernels kernels,
        in Matrix left,
        bool transposeLeft,
        in Matrix right,
        bool transposeRight,
        in Matrix product,
        bool transposed,
        bool accumulate)
    {
        var scratch = Kernels.Keep<ProductScratch>();
        var (rows, columns) = transposed ? (product.Columns, product.Rows) : (product.Rows, product.Columns);
        int inner = transposeLeft ? left.Rows : left.Columns;
        int partInner = Math.Max(LeastPartInner, Kernels.CountBlocks(inner, MaxParts));
        int parts = Kernels.CountBlocks(inner, partInner);
        int padded = Panels<TWidth, TVector>.PaddedColumns(columns);
        nint partSize = (nint)rows * padded;
        nint panelsSize = Panels<TWidth, TVector>.Size(partInner, columns);
        var kernel = new InnerParts
        {
            Left = transposeLeft ? new EvenRows(left.Pointer, 1) : EvenRows.Of(left),
            InnerStride = transposeLeft ? left.Stride : 1,
            Right = EvenRows.Of(right),
            TransposeRight = transposeRight,
            Inner = inner,
            PartInner = partInner,
            Rows = rows,
            Columns = columns,
            Padded = padded,
            Partials = scratch.Partials.Reserve(partSize * parts),
            PanelScratch = scratch.Workers.Reserve(panelsSize * kernels.Workers.ThreadCount),
            PanelsSize = panelsSize,
        };
        kernels.RunBlocks(parts, kernel, (long)rows * columns * inner);
        if (transposed)
            AddTransposedParts(kernel, parts, product, accumulate);
        else
            AddParts(kernel, parts, product, accumulate);
    }

    private static void AddParts(in InnerParts kernel, int parts, in Matrix product, bool accumulate)
    {
        nint partSize = (nint)kernel.Rows * kernel.Padded;
        for (int row = 0; row < kernel.Rows; row++)
        {
            float* target = product.Pointer + ((nint)row * product.Stride);
            float* part = kernel.Partials + ((nint)row * kernel.Padded);
            ProductBlocks<TWidth, TVector>.AddPartials(part, partSize, parts, target, kernel.Columns, accumulate);
        }
    }

    private static void AddTransposedParts(in InnerParts kernel, int parts, in Matrix product, bool accumulate)
    {
        nint partSize = (nint)kernel.Rows * kernel.Padded;
        for (int row = 0; row < kernel.Rows; row++)
        {
            float* target = product.Pointer + row;
            float* part = kernel.Partials + ((nint)row * kernel.Padded);
            for (int column = 0; column < kernel.Columns; column++, target += product.Stride)
            {
                float sum = accumulate ? *target : 0;
                for (int i = 0; i < parts; i++)
                    sum += part[(i * partSize) + column];
                *target = sum;
            }
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
