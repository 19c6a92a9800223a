namespace ModularNetworks.Engine;

/// <summary>
/// The processes that do one piece of work together, as MPI numbers them: each is a rank, 0 to <see cref="Size"/> - 1. All ranks must call
/// the same methods in the same order; a call ends when the ranks that it needs have called too.
/// </summary>
public interface ICommunicator
{
    /// <summary>The number of this process.</summary>
    int Rank { get; }

    /// <summary>The number of processes, at least 1.</summary>
    int Size { get; }

    /// <summary>Waits until all ranks are here.</summary>
    void Barrier();

    /// <summary>Copies what one rank has to all others.</summary>
    /// <param name="bytes">On the root, what is sent; elsewhere, where it comes; of the same length on each rank.</param>
    /// <param name="root">The rank that sends.</param>
    void Broadcast(Span<byte> bytes, int root);

    /// <summary>Gives every rank what all ranks have.</summary>
    /// <param name="own">What this rank has; of the same length on each rank.</param>
    /// <param name="all">Receives that of all ranks, one after the other.</param>
    /// <exception cref="ArgumentException"><paramref name="all"/> has not exactly the room for it.</exception>
    void AllGather(ReadOnlySpan<byte> own, Span<byte> all);

    /// <summary>Sends to a rank, and receives as many bytes from it, which calls this method too.</summary>
    /// <param name="partner">The other rank.</param>
    /// <param name="sent">What is sent; not the memory that receives.</param>
    /// <param name="received">Receives what the other sends.</param>
    /// <exception cref="ArgumentException"><paramref name="received"/> has not the length of <paramref name="sent"/>.</exception>
    void Exchange(int partner, ReadOnlySpan<byte> sent, Span<byte> received);

    /// <summary>Sends to each rank what is for it, and receives what each rank has for this one.</summary>
    /// <param name="sent">What is for rank 0, then what is for rank 1, and so on.</param>
    /// <param name="sentCounts">The number of bytes for each rank.</param>
    /// <param name="received">Receives what rank 0 sends, then what rank 1 sends, and so on; not the memory that is sent.</param>
    /// <param name="receivedCounts">The number of bytes that each rank sends to this one.</param>
    /// <exception cref="ArgumentException">There is not a count for each rank, or the memory has not the length that the counts say.</exception>
    void AllToAll(ReadOnlySpan<byte> sent, ReadOnlySpan<int> sentCounts, Span<byte> received, ReadOnlySpan<int> receivedCounts);

    /// <summary>Adds up numbers over the ranks, in an order that may depend on how many there are. All ranks get the sums.</summary>
    /// <param name="values">The numbers of this rank; become the sums. Of the same length on each rank.</param>
    void AllReduce(Span<float> values);
}
