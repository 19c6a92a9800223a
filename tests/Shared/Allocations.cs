namespace ModularNetworks.Testing;

/// <summary>Shows that work allocates no managed memory once it has warmed up.</summary>
internal static class Allocations
{
    private const int Rounds = 20;

    /// <summary>Fails unless some round of the work allocates nothing at all on this thread.</summary>
    /// <remarks>
    /// Rounds, because the runtime allocates now and then on its own account, as when it replaces a method by a faster
    /// version. Work that allocates does so in every round.
    /// </remarks>
    public static void AssertNone(Action work) => AssertNone(work, GC.GetAllocatedBytesForCurrentThread);

    /// <summary>The same for all threads together; nothing else may run meanwhile.</summary>
    public static void AssertNoneOnAnyThread(Action work) =>
        AssertNone(work, () => GC.GetTotalAllocatedBytes(precise: true));

    private static void AssertNone(Action work, Func<long> allocatedBytes)
    {
        work();
        long least = long.MaxValue;
        for (int round = 0; round < Rounds && least > 0; round++)
        {
            long before = allocatedBytes();
            work();
            least = Math.Min(least, allocatedBytes() - before);
        }
        Assert.Equal(0, least);
    }
}
