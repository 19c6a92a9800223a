namespace ModularNetworks.Engine;

internal static unsafe partial class SimdLinearCrossEntropy<TWidth, TVector>
{
    /// <summary>
    /// The number of class blocks that fit the first-level cache together with their powers. It depends on nothing but the
    /// number of features, so that results do not depend on the machine's cache.
    /// </summary>
    private static int ChunkBlocks(int paddedFeatures, int powerRows) =>
        Math.Max(1, 28 * 1024 / ((paddedFeatures + 1 + powerRows) * TWidth.Count * sizeof(float)));

    /// <summary>The losses of a block of rows, without keeping any exponentials.</summary>
    private struct LossKernel : IBlockKernel
    {
        public const int RowsPerRun = 64;

        public Classifier Task;

        public static long ScratchCount(in Classifier task) => RowsPerRun * (task.PaddedFeatures + 1 + TWidth.Count);

        public readonly void Run(int block, int worker)
        {
            int firstRow = block * RowsPerRun;
            int rows = Math.Min(RowsPerRun, Task.Rows - firstRow);
            int groups = (rows + GroupRows - 1) / GroupRows;
            float* references = Task.Scratch + (worker * Task.ScratchCount);
            float* hidden = references + RowsPerRun;
            float* sums = hidden + (RowsPerRun * Task.PaddedFeatures);
            Task.CopyHidden(firstRow, rows, groups * GroupRows, hidden);
            new Span<float>(references, RowsPerRun).Clear();
            if (Task.IsBounded)
                AddPowersOfAllClasses<BoundedPowers>(groups, hidden, references, sums);
            else
                AddRelativePowers(firstRow, rows, hidden, references, sums);
            for (int row = 0; row < rows; row++)
            {
                float target = Task.TargetLogit(hidden + (row * Task.PaddedFeatures), firstRow + row);
                float sum = TWidth.Sum(TWidth.Load(sums + (row * TWidth.Count)));
                Task.Losses[firstRow + row] = Loss(sum, references[row], target);
            }
        }

        private readonly void AddRelativePowers(int firstRow, int rows, float* hidden, float* references, float* sums)
        {
            int groups = Kernels.CountBlocks(rows, GroupRows);
            for (int row = 0; row < rows; row++)
                references[row] = Task.TargetLogit(hidden + (row * Task.PaddedFeatures), firstRow + row);
            AddPowersOfAllClasses<RelativePowers>(groups, hidden, references, sums);
            if (AreSafe(rows, sums))
                return;
            for (int row = 0; row < groups * GroupRows; row += GroupRows)
            {
                LargestLogits(
                    hidden + (row * Task.PaddedFeatures), Task.PaddedFeatures, Task.Packed, Task.ClassBlocks, references + row);
            }
            AddPowersOfAllClasses<RelativePowers>(groups, hidden, references, sums);
        }

        private readonly void AddPowersOfAllClasses<TPowers>(int groups, float* hidden, float* references, float* sums)
            where TPowers : struct, IPowers
        {
            int chunk = ChunkBlocks(Task.PaddedFeatures, powerRows: 0);
            new Span<float>(sums, groups * GroupRows * TWidth.Count).Clear();
            for (int start = 0; start < Task.ClassBlocks; start += chunk)
            {
                int blocks = Math.Min(chunk, Task.ClassBlocks - start);
                float* packed = Task.Packed + ((long)start * Task.BlockCount);
                for (int row = 0; row < groups * GroupRows; row += GroupRows)
                {
                    AddPowers<TPowers>(
                        hidden + (row * Task.PaddedFeatures), Task.PaddedFeatures, packed, blocks,
                        references + row, sums + (row * TWidth.Count), powers: null, powersStride: 0);
                }
            }
        }
    }

    private static bool AreSafe(int rows, float* sums)
    {
        for (int row = 0; row < rows; row++)
        {
            // Written so that not-a-number is not safe either.
            if (!(TWidth.Sum(TWidth.Load(sums + (row * TWidth.Count))) <= LargestSafeSum))
                return false;
        }
        return true;
    }

    /// <summary>From base 2 to nats. Rounding makes no loss negative.</summary>
    private static float Loss(float sum, float reference, float target) =>
        (float)Math.Max(0, Math.Log(sum) + ((reference - target) * (double)Ln2));
}
