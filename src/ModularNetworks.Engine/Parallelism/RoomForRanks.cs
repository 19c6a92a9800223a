namespace ModularNetworks.Engine;

/// <summary>Memory that receives what other ranks send.</summary>
internal static class RoomForRanks
{
    /// <summary>Refuses memory that is longer or shorter than what will come.</summary>
    /// <param name="found">Its length in bytes.</param>
    /// <param name="needed">The number of bytes that will come.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Require(int found, long needed)
    {
        if (found != needed)
            throw new ArgumentException($"Ranks: there is room for {Counted.Of(found, "byte")}; {needed} will come. Give memory of that length.");
    }

    /// <summary>Refuses memory that has not the length of its parts, of which there is one for each rank.</summary>
    /// <param name="ranks">The number of ranks.</param>
    /// <param name="sent">The number of bytes that are sent.</param>
    /// <param name="sentCounts">The number of bytes for each rank.</param>
    /// <param name="received">The number of bytes that there is room for.</param>
    /// <param name="receivedCounts">The number of bytes from each rank.</param>
    /// <exception cref="ArgumentException">The lengths differ, or there is not a count for each rank.</exception>
    public static void RequireParts(int ranks, int sent, ReadOnlySpan<int> sentCounts, int received, ReadOnlySpan<int> receivedCounts)
    {
        long parts = SumOf(ranks, sentCounts);
        if (sent != parts)
            throw new ArgumentException($"Ranks: {Counted.Of(sent, "byte")} given to send; the counts say {parts}. Give a count for each part.");
        Require(received, SumOf(ranks, receivedCounts));
    }

    private static long SumOf(int ranks, ReadOnlySpan<int> counts)
    {
        if (counts.Length != ranks)
            throw new ArgumentException($"Ranks: {Counted.Of(counts.Length, "count")} given for {Counted.Of(ranks, "rank")}. Give a count for each rank.");
        long sum = 0;
        foreach (int count in counts)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count);
            sum += count;
        }
        return sum;
    }
}
