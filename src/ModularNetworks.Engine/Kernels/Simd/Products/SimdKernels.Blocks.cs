namespace ModularNetworks.Engine;

internal sealed unsafe partial class SimdKernels<TWidth, TVector>
{
    // In multiply-adds. Handing a block to another thread takes about as long as this much work.
    private const long BlockWork = 1 << 17;

    // Copying an element into a panel takes about as long as so many multiply-adds.
    private const int PackingCost = 8;

    /// <summary>Runs blocks on all threads if there is enough work, and on the caller's otherwise.</summary>
    private void RunBlocks<TKernel>(int blockCount, in TKernel kernel, long work)
        where TKernel : unmanaged, IBlockKernel
    {
        if (work >= 2 * BlockWork)
        {
            Workers.Run(blockCount, kernel);
            return;
        }
        for (int block = 0; block < blockCount; block++)
            kernel.Run(block, worker: 0);
    }

    private static int CountBlocks(int size, int blockSize) => (size + blockSize - 1) / blockSize;
}
