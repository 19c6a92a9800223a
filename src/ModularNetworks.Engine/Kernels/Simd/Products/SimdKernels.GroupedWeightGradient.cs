namespace ModularNetworks.Engine;

// The sorted picks are cut into blocks whose number depends on the sizes only. A group that lies within one block is
// added to its module's gradient at once, and so is one of few picks, in the block where it starts. Another group that
// reaches over several blocks leaves one part in each, and the parts are added in the order of the blocks.
internal sealed unsafe partial class SimdKernels<TWidth, TVector>
{
    // Bounds the memory for parts; enough blocks for many threads.
    private const int MaxPickBlocks = 32;

    // So many picks' inputs and gradients are gathered at a time; they stay in the first-level cache.
    private const int GatheredPicks = 128;

    public override void GroupedProductWeightGradient(
        RowGroups groups, Matrix input, Matrix outputGradient, MatrixStack weightGradient, Tensor? biasGradient)
    {
        int pickCount = groups.Picks.Shape.Count;
        if (pickCount == 0 || weightGradient.Outputs == 0)
            return;
        int inputs = weightGradient.Inputs, outputs = weightGradient.Outputs;
        long pickWork = (long)(inputs + 1) * outputs;
        long blockPicks = Math.Max(CountBlocks(pickCount, MaxPickBlocks), Math.Clamp(BlockWork / pickWork, 64, 512));
        int blocks = CountBlocks(pickCount, (int)blockPicks);
        int padded = Panels<TWidth, TVector>.PaddedColumns(outputs);
        nint workerSize = ((nint)GatheredPicks * GatheredStride(inputs))
            + Panels<TWidth, TVector>.Size(GatheredPicks, outputs);
        nint partSize = (nint)(inputs + 1) * padded;
        var kernel = new WeightGradientBlocks
        {
            Groups = new GroupList(groups.Starts.Pointer, groups.Count),
            PickCount = pickCount,
            BlockPicks = (int)blockPicks,
            Input = EvenRows.Of(input),
            OutputGradient = EvenRows.Of(outputGradient),
            Picks = groups.Picks.Pointer,
            PicksPerRow = groups.PicksPerRow,
            Target = new ModuleGradients(groups, weightGradient, biasGradient),
            Partials = Keep<ProductScratch>().Partials.Reserve(partSize * blocks * 2),
            Padded = padded,
            WorkerScratch = Keep<ProductScratch>().Workers.Reserve(workerSize * Workers.ThreadCount),
            WorkerSize = workerSize,
        };
        RunBlocks(blocks, kernel, pickCount * pickWork);
        int summed = Math.Min(blocks - 1, 1) * CountBlocks(inputs + 1, PartRows);
        RunBlocks(summed, new PartSums(kernel), pickWork * blocks * ProductBlocks<TWidth, TVector>.PackingCost);
        KeepAlive(
            input.Tensor, outputGradient.Tensor, weightGradient.Tensor, biasGradient, groups.Picks, groups.Keys, groups.Starts);
    }

    // So many rows of a gradient stay in the first-level cache while parts are added to them.
    private const int PartRows = 16;

    // A spare cache line: columns are read, and at a distance of a power of two their elements would share a few places of
    // the first-level cache.
    private static int GatheredStride(int inputs) =>
        Panels<TWidth, TVector>.PaddedColumns(inputs) + (AlignedBuffer.Alignment / sizeof(float));

    /// <summary>Where the gradients of the used modules are.</summary>
    private readonly struct ModuleGradients(RowGroups groups, MatrixStack weight, Tensor? bias)
    {
        private readonly int* _modules = groups.Keys.Pointer;
        private readonly float* _weight = weight.Tensor.Pointer + ((nint)weight.FirstInput * weight.Outputs);
        private readonly float* _bias = bias is null ? null : bias.Pointer;
        private readonly nint _moduleSize = (nint)weight.Tensor.Shape[1] * weight.Outputs;

        public int Groups { get; } = groups.Count;

        public int Inputs { get; } = weight.Inputs;

        public int Outputs { get; } = weight.Outputs;

        /// <summary>The rows of a group's weight gradient.</summary>
        public EvenRows Weight(int group) => new(_weight + (_modules[group] * _moduleSize), Outputs);

        /// <summary>A group's bias gradient, or null.</summary>
        public float* Bias(int group) => _bias is null ? null : _bias + ((nint)_modules[group] * Outputs);
    }

    private struct WeightGradientBlocks : IBlockKernel
    {
        public GroupList Groups;
        public int PickCount;
        public int BlockPicks;
        public EvenRows Input;
        public EvenRows OutputGradient;
        public int* Picks;
        public int PicksPerRow;
        public ModuleGradients Target;
        public float* Partials;
        public int Padded;
        public float* WorkerScratch;
        public nint WorkerSize;

        public readonly void Run(int block, int worker)
        {
            float* scratch = WorkerScratch + (WorkerSize * worker);
            int first = block * BlockPicks;
            int end = Math.Min(first + BlockPicks, PickCount);
            for (int group = Groups.Find(first); first < end; group++)
            {
                int groupStart = Groups.Start(group), groupEnd = Groups.Start(group + 1);
                int partEnd = Math.Min(groupEnd, end);
                if (IsFew(group))
                {
                    partEnd = groupEnd;
                    if (groupStart == first)
                        AddFew(group, Math.Min(group + 1, Target.Groups - 1));
                }
                else if (groupStart == first && groupEnd <= end)
                {
                    AddProduct(first, partEnd, scratch, Target.Weight(group), Target.Outputs, Target.Bias(group), true);
                }
                else
                {
                    AddPart(block, first, partEnd, scratch, groupStart < block * BlockPicks);
                }
                first = partEnd;
            }
        }

        /// <summary>Adds the parts of the groups that reach over several blocks, to some rows of their gradients.</summary>
        public readonly void AddParts(int firstRow, int endRow)
        {
            for (int border = BlockPicks; border < PickCount;)
            {
                int group = Groups.Find(border);
                int firstBlock = Groups.Start(group) / BlockPicks;
                int lastBlock = (Groups.Start(group + 1) - 1) / BlockPicks;
                if (firstBlock < lastBlock && !IsFew(group))
                {
                    for (int block = firstBlock; block <= lastBlock; block++)
                        AddPartTo(group, Part(block, continued: block > firstBlock), firstRow, endRow);
                }
                border = (lastBlock + 1) * BlockPicks;
            }
        }

        private readonly bool IsFew(int group) =>
            FewRows<TWidth, TVector>.Suits(Groups.Start(group + 1) - Groups.Start(group), Target.Inputs, Target.Outputs);

        private readonly void AddFew(int group, int nextGroup)
        {
            int first = Groups.Start(group), end = Groups.Start(group + 1);
            var gradients = new PickedRows(OutputGradient, Picks, 1);
            float* start = Target.Weight(group)[0], next = Target.Weight(nextGroup)[0];
            var weight = new WeightStream(start, next, Target.Inputs, Target.Outputs);
            FewRows<TWidth, TVector>.AddOuterProducts(
                new PickedRows(Input, Picks, PicksPerRow), gradients, first, end, weight);
            if (Target.Bias(group) is not null and var bias)
                FewRows<TWidth, TVector>.AddRows(gradients, first, end, bias, Target.Outputs);
        }

        private readonly void AddPart(int block, int first, int end, float* scratch, bool continued)
        {
            float* part = Part(block, continued);
            float* bias = part + ((nint)Target.Inputs * Padded);
            AddProduct(first, end, scratch, new EvenRows(part, Padded), Padded, bias, false);
        }

        // A block has at most two parts: of a group that began in a block before, and of one that goes on in the next.
        private readonly float* Part(int block, bool continued) =>
            Partials + ((nint)((2 * block) + (continued ? 0 : 1)) * (Target.Inputs + 1) * Padded);

        // The row after the last input's is the bias.
        private readonly void AddPartTo(int group, float* part, int firstRow, int endRow)
        {
            var weight = Target.Weight(group);
            for (int row = firstRow; row < endRow; row++)
            {
                float* target = row < Target.Inputs ? weight[row] : Target.Bias(group);
                if (target is not null)
                    ProductBlocks<TWidth, TVector>.AddPartials(part + ((nint)row * Padded), 0, 1, target, Target.Outputs, accumulate: true);
            }
        }

        /// <summary>The gradients from some picks of one module.</summary>
        private readonly void AddProduct(
            int first, int end, float* scratch, EvenRows weight, int columns, float* bias, bool accumulate)
        {
            for (; first < end; first += GatheredPicks, accumulate = true)
            {
                int count = Math.Min(GatheredPicks, end - first);
                AddGathered(first, count, scratch, weight, columns, bias, accumulate);
            }
        }

        private readonly void AddGathered(
            int first, int count, float* scratch, EvenRows weight, int columns, float* bias, bool accumulate)
        {
            int stride = GatheredStride(Target.Inputs);
            var rows = new PickedRows(Input, Picks + first, PicksPerRow);
            for (int pick = 0; pick < count; pick++)
                Panels<TWidth, TVector>.CopyRow(rows[pick], scratch + ((nint)pick * stride), Target.Inputs);
            float* panels = scratch + ((nint)GatheredPicks * stride);
            var gradients = new PickedRows(OutputGradient, Picks + first, 1);
            Panels<TWidth, TVector>.Pack(gradients, false, count, Target.Outputs, null, panels);
            PanelProduct<TWidth, TVector>.Multiply(
                new EvenRows(scratch, 1), stride, panels, count, columns, weight, 0, Target.Inputs, accumulate);
            if (bias is not null)
                Panels<TWidth, TVector>.SumRows(panels, count, columns, bias, accumulate);
        }
    }

    private readonly struct PartSums(WeightGradientBlocks blocks) : IBlockKernel
    {
        public void Run(int block, int worker)
        {
            int firstRow = block * PartRows;
            blocks.AddParts(firstRow, Math.Min(firstRow + PartRows, blocks.Target.Inputs + 1));
        }
    }
}
