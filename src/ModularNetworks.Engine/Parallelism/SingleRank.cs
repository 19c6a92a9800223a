namespace ModularNetworks.Engine;

/// <summary>A process that works alone: the only rank.</summary>
public sealed class SingleRank : ICommunicator
{
    /// <inheritdoc/>
    public int Rank => 0;

    /// <inheritdoc/>
    public int Size => 1;

    /// <inheritdoc/>
    public void Barrier()
    {
    }

    /// <inheritdoc/>
    public void Broadcast(Span<byte> bytes, int root)
    {
    }

    /// <inheritdoc/>
    public void AllGather(ReadOnlySpan<byte> own, Span<byte> all) => Copy(own, all);

    /// <inheritdoc/>
    public void Exchange(int partner, ReadOnlySpan<byte> sent, Span<byte> received) => Copy(sent, received);

    /// <inheritdoc/>
    public void AllToAll(ReadOnlySpan<byte> sent, ReadOnlySpan<int> sentCounts, Span<byte> received, ReadOnlySpan<int> receivedCounts)
    {
        RoomForRanks.RequireParts(Size, sent.Length, sentCounts, received.Length, receivedCounts);
        Copy(sent, received);
    }

    /// <inheritdoc/>
    public void AllReduce(Span<float> values)
    {
    }

    private static void Copy(ReadOnlySpan<byte> sent, Span<byte> received)
    {
        RoomForRanks.Require(received.Length, sent.Length);
        sent.CopyTo(received);
    }
}
