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

    /// <summary>Adds up numbers over the ranks, in an order that may depend on how many there are. All ranks get the sums.</summary>
    /// <param name="values">The numbers of this rank; become the sums. Of the same length on each rank.</param>
    void AllReduce(Span<float> values);
}
