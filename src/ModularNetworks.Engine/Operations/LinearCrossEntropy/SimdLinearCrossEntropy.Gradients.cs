namespace ModularNetworks.Engine;

internal static unsafe partial class SimdLinearCrossEntropy<TWidth, TVector>
{
    // All parts of scratch memory start at a cache line.
    private const int CacheLine = Scratch.CacheLine;

    /// <summary>
    /// Losses and gradients of one part of the rows, block by block: powers, sums and the hidden gradient chunk of
    /// classes by chunk; then, as the probabilities are known, the weight gradient, which each part keeps for itself.
    /// </summary>
    private struct GradientKernel : IBlockKernel
    {
        // Few rows need fewer parts, as each part costs a pass over all classes.
        private const int MaxParts = 8;
        private const int LeastRowsPerPart = 32;

        public Classifier Task;
        public int Parts;

        public static int PartCount(int rows) => Math.Clamp(rows / LeastRowsPerPart, 1, MaxParts);

        public static long ScratchCount(in Classifier task) =>
            RowBlock.CountBeforePowers(task) + ((long)(BlockRows / GroupRows) * RowBlock.GroupStride(task));

        public readonly void Run(int block, int worker)
        {
            // Parts are whole groups, so that only the last group of all is not full.
            int groups = Kernels.CountBlocks(Task.Rows, GroupRows);
            int start = GroupRows * (int)((long)groups * block / Parts);
            int end = Math.Min(Task.Rows, GroupRows * (int)((long)groups * (block + 1) / Parts));
            float* part = Task.WeightGradientParts + (block * Task.PackedCount);
            for (long i = 0; i < Task.PackedCount; i += TWidth.Count)
                TWidth.Store(TWidth.Zero, part + i);
            var work = new RowBlock(Task, Task.Scratch + (worker * Task.ScratchCount), part);
            for (int row = start; row < end; row += BlockRows)
                work.Run(row, Math.Min(BlockRows, end - row));
        }
    }
}
