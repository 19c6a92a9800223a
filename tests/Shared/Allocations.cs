namespace ModularNetworks.Testing;

/// <summary>Shows that work on this thread allocates no managed memory once it has warmed up.</summary>
internal static class Allocations
{
    private const int Rounds = 20;

    /// <summary>Fails unless some round of the work allocates nothing at all.</summary>
    /// <remarks>
    /// Rounds, because the runtime allocates now and then on its own account, as when it replaces a method by a faster
    /// version. Work that allocates does so in every round.
    /// </remarks>
    public static void AssertNone(Action work)
    {
        work();
        long least = long.MaxValue;
        for (int round = 0; round < Rounds && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
    }
}
