namespace ModularNetworks.Engine;

// The picks, sorted by module, are cut into blocks without regard to the modules; a block packs the weights of each module
// that it has more than a few picks of, and multiplies these picks by them while they are in the cache. Packed weights of
// all modules would have to go through memory twice more. Rows are read and written where they are.
internal sealed unsafe partial class SimdKernels<TWidth, TVector>
{
    // So many picks of a module make up for packing its weights.
    private const int MostPicksPerBlock = 256;

    private readonly Scratch _pickedRows = new();

    public override void GroupedProduct(
        RowGroups groups, Matrix input, MatrixStack weight, Tensor? bias, Matrix output)
    {
        int* picks = groups.Picks.Pointer;
        var left = new PickedRows(EvenRows.Of(input), picks, groups.PicksPerRow);
        var target = new PickedRows(EvenRows.Of(output), picks, 1);
        RunPicks(groups, left, weight, transposeWeight: false, bias, target, accumulate: false);
        KeepAlive(input.Tensor, weight.Tensor, output.Tensor, bias, groups.Picks, groups.Keys, groups.Starts);
    }

    public override void GroupedProductInputGradient(
        RowGroups groups, Matrix outputGradient, MatrixStack weight, Matrix inputGradient)
    {
        int* picks = groups.Picks.Pointer;
        var left = new PickedRows(EvenRows.Of(outputGradient), picks, 1);
        if (groups.PicksPerRow == 1)
        {
            var target = new PickedRows(EvenRows.Of(inputGradient), picks, 1);
            RunPicks(groups, left, weight, transposeWeight: true, null, target, accumulate: true);
        }
        else
        {
            int padded = Panels<TWidth, TVector>.PaddedColumns(weight.Inputs);
            float* pickedRows = _pickedRows.Reserve((nint)groups.Picks.Shape.Count * padded);
            var target = new PickedRows(new EvenRows(pickedRows, padded), picks, 1);
            RunPicks(groups, left, weight, transposeWeight: true, null, target, accumulate: false);
            AddPickedRows(pickedRows, padded, groups.PicksPerRow, inputGradient);
        }
        KeepAlive(outputGradient.Tensor, weight.Tensor, inputGradient.Tensor, groups.Picks, groups.Keys, groups.Starts);
    }

    private void RunPicks(
        RowGroups groups,
        PickedRows left,
        MatrixStack weight,
        bool transposeWeight,
        Tensor? bias,
        PickedRows target,
        bool accumulate)
    {
        int inner = transposeWeight ? weight.Outputs : weight.Inputs;
        int columns = transposeWeight ? weight.Inputs : weight.Outputs;
        int pickCount = groups.Picks.Shape.Count;
        if (pickCount == 0 || columns == 0)
            return;
        int scratchSize = Math.Max(
            (int)Panels<TWidth, TVector>.Size(inner, columns), FewRows<TWidth, TVector>.ScratchSize(columns));
        float* scratch = Keep<ProductScratch>().Workers.ReserveEach(Workers.ThreadCount, scratchSize, out nint scratchStride);
        int blockPicks = ProductBlocks<TWidth, TVector>.RowsPerBlock(pickCount, inner, columns, MostPicksPerBlock);
        var kernel = new PickBlocks
        {
            Groups = new GroupList(groups.Starts.Pointer, groups.Count),
            PickCount = pickCount,
            BlockPicks = blockPicks,
            Left = left,
            Modules = groups.Keys.Pointer,
            Weight = weight.Tensor.Pointer + ((nint)weight.FirstInput * weight.Outputs),
            ModuleSize = (nint)weight.Tensor.Shape[1] * weight.Outputs,
            Outputs = weight.Outputs,
            Transposed = transposeWeight,
            Bias = bias is null ? null : bias.Pointer,
            Scratch = scratch,
            ScratchStride = scratchStride,
            Inner = inner,
            Columns = columns,
            Target = target,
            Accumulate = accumulate,
        };
        long packing = (long)groups.Count * inner * columns * ProductBlocks<TWidth, TVector>.PackingCost;
        RunBlocks(CountBlocks(pickCount, blockPicks), kernel, ((long)pickCount * inner * columns) + packing);
    }

    private void AddPickedRows(float* pickedRows, int stride, int picksPerRow, Matrix target)
    {
        long rowWork = (long)picksPerRow * target.Columns * ProductBlocks<TWidth, TVector>.PackingCost;
        int blockRows = (int)Math.Clamp(BlockWork / rowWork, 1, target.Rows);
        var kernel = new PickedRowSums(
            pickedRows, stride, picksPerRow, EvenRows.Of(target), target.Rows, target.Columns, blockRows);
        RunBlocks(CountBlocks(target.Rows, blockRows), kernel, rowWork * target.Rows);
    }

    /// <summary>Multiplies the rows of some consecutive picks by their modules.</summary>
    private struct PickBlocks : IBlockKernel
    {
        public GroupList Groups;
        public int PickCount;
        public int BlockPicks;
        public PickedRows Left;
        public int* Modules;
        public float* Weight;
        public nint ModuleSize;
        public int Outputs;
        public bool Transposed;
        public float* Bias;
        public float* Scratch;
        public nint ScratchStride;
        public int Inner;
        public int Columns;
        public PickedRows Target;
        public bool Accumulate;

        private readonly int MatrixRows => Transposed ? Columns : Inner;

        public readonly void Run(int block, int worker)
        {
            float* scratch = Scratch + (ScratchStride * worker);
            int first = block * BlockPicks;
            int end = Math.Min(first + BlockPicks, PickCount);
            for (int group = Groups.Find(first); first < end; group++)
            {
                int groupEnd = Math.Min(Groups.Start(group + 1), end);
                if (FewRows<TWidth, TVector>.Suits(groupEnd - first, MatrixRows, Outputs))
                    MultiplyFew(group, first, groupEnd, groupEnd == end, scratch);
                else
                    MultiplyPacked(group, first, groupEnd, scratch);
                first = groupEnd;
            }
        }

        private readonly void MultiplyFew(int group, int first, int end, bool isLast, float* scratch)
        {
            float* next = Matrix(isLast ? group : group + 1);
            var weight = new WeightStream(Matrix(group), next, MatrixRows, Outputs);
            if (Transposed)
                FewRows<TWidth, TVector>.MultiplyTransposed(Left, first, end, weight, Target, Accumulate, scratch);
            else
                FewRows<TWidth, TVector>.Multiply(Left, first, end, weight, BiasOf(group), Target, scratch);
        }

        private readonly void MultiplyPacked(int group, int first, int end, float* panels)
        {
            var right = new EvenRows(Matrix(group), Outputs);
            Panels<TWidth, TVector>.Pack(right, Transposed, Inner, Columns, BiasOf(group), panels);
            PanelProduct<TWidth, TVector>.Multiply(Left, 1, panels, Inner, Columns, Target, first, end, Accumulate);
        }

        private readonly float* Matrix(int group) => Weight + (Modules[group] * ModuleSize);

        private readonly float* BiasOf(int group) => Bias is null ? null : Bias + ((nint)Modules[group] * Outputs);
    }

    /// <summary>Adds to some rows what each of their picks has for them, in the order of the picks.</summary>
    private readonly struct PickedRowSums(
        float* pickedRows, int stride, int picksPerRow, EvenRows target, int rows, int columns, int blockRows)
        : IBlockKernel
    {
        public void Run(int block, int worker)
        {
            int end = Math.Min((block + 1) * blockRows, rows);
            for (int row = block * blockRows; row < end; row++)
            {
                float* parts = pickedRows + ((nint)row * picksPerRow * stride);
                ProductBlocks<TWidth, TVector>.AddPartials(parts, stride, picksPerRow, target[row], columns, accumulate: true);
            }
        }
    }
}
