using ModularNetworks.Engine;

namespace ModularNetworks;

internal static unsafe partial class SimdGroupedWeightGradient<TWidth, TVector>
{
    /// <summary>The gradients from some consecutive picks.</summary>
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
        public bool InRowOrder;

        public readonly void Run(int block, int worker)
        {
            float* scratch = WorkerScratch + (WorkerSize * worker);
            int first = block * BlockPicks;
            int end = Math.Min(first + BlockPicks, PickCount);
            for (int group = Groups.Find(first); first < end; group++)
            {
                int groupStart = Groups.Start(group), groupEnd = Groups.Start(group + 1);
                int partEnd = Math.Min(groupEnd, end);
                if (InRowOrder || IsFew(group))
                {
                    partEnd = groupEnd;
                    if (groupStart == first)
                        AddWhole(group, scratch);
                }
                else if (groupStart == first && groupEnd <= end)
                {
                    AddWhole(group, scratch);
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

        private readonly void AddWhole(int group, float* scratch)
        {
            int first = Groups.Start(group), end = Groups.Start(group + 1);
            if (IsFew(group))
                AddFew(group, Math.Min(group + 1, Target.Groups - 1));
            else
                AddProduct(first, end, scratch, Target.Weight(group), Target.Outputs, Target.Bias(group), true);
        }

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
                if (target is null)
                    continue;
                float* source = part + ((nint)row * Padded);
                ProductBlocks<TWidth, TVector>.AddPartials(source, 0, 1, target, Target.Outputs, accumulate: true);
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
}
