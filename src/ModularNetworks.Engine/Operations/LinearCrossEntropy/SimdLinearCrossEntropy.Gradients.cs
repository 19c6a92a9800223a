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
            RowBlock.CountBeforePowers(task) + ((long)task.ClassBlocks * BlockRows * TWidth.Count);

        public readonly void Run(int block, int worker)
        {
            // Parts are whole row blocks, so that only the last block of all is not full.
            int rowBlocks = (Task.Rows + BlockRows - 1) / BlockRows;
            int start = (int)((long)rowBlocks * block / Parts);
            int end = (int)((long)rowBlocks * (block + 1) / Parts);
            float* part = Task.WeightGradientParts + (block * Task.PackedCount);
            for (long i = 0; i < Task.PackedCount; i += TWidth.Count)
                TWidth.Store(TWidth.Zero, part + i);
            var work = new RowBlock(Task, Task.Scratch + (worker * Task.ScratchCount), part);
            for (int rowBlock = start; rowBlock < end; rowBlock++)
                work.Run(rowBlock * BlockRows);
        }
    }
}
