namespace ModularNetworks.Engine;

/// <summary>
/// Work that is cut into blocks which can run in any order, on any thread. An unmanaged struct: it holds addresses, and the
/// caller keeps what they point to alive until the run ends.
/// </summary>
public interface IBlockKernel
{
    /// <summary>Does one block.</summary>
    /// <param name="block">The block's number.</param>
    /// <param name="worker">The number of the thread that runs it, to pick scratch memory by; never part of the result.</param>
    void Run(int block, int worker);
}
