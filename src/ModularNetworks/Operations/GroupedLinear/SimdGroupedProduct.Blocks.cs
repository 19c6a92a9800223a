using ModularNetworks.Engine;

namespace ModularNetworks;

internal static unsafe partial class SimdGroupedProduct<TWidth, TVector>
{
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
                // By all of the group's rows, so that a row's bits do not depend on where the block ends.
                if (FewRows<TWidth, TVector>.Suits(Groups.Start(group + 1) - Groups.Start(group), MatrixRows, Outputs))
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
}
