using System.Collections.Concurrent;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ModularNetworks.Engine;

namespace ModularNetworks.Distributed;

/// <summary>Ranks that are threads of one process: to try out, without MPI, what ranks do together.</summary>
public sealed class ThreadRanks : ICommunicator
{
    private readonly BlockingCollection<byte[]>[,] _mail;
    private readonly CancellationToken _broken;

    private ThreadRanks(int rank, BlockingCollection<byte[]>[,] mail, CancellationToken broken) => (Rank, _mail, _broken) = (rank, mail, broken);

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size => _mail.GetLength(0);

    /// <summary>Does some work on each of so many ranks, and waits for all. If one fails, the others are stopped where they wait.</summary>
    /// <param name="size">The number of ranks.</param>
    /// <param name="work">What each rank does.</param>
    /// <exception cref="AggregateException">A rank has failed.</exception>
    public static void Run(int size, Action<ICommunicator> work)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentNullException.ThrowIfNull(work);
        using var broken = new CancellationTokenSource();
        var mail = new BlockingCollection<byte[]>[size, size];
        for (int i = 0; i < mail.Length; i++)
            mail[i / size, i % size] = [];
        var failures = new ConcurrentQueue<Exception>();
        var threads = Enumerable.Range(0, size).Select(rank => new Thread(() => RunOne(new ThreadRanks(rank, mail, broken.Token)))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        if (!failures.IsEmpty)
            throw new AggregateException(failures);

        void RunOne(ThreadRanks rank)
        {
            try
            {
                work(rank);
            }
            catch (OperationCanceledException) when (broken.IsCancellationRequested)
            {
                // Another rank has failed, and tells why.
            }
#pragma warning disable CA1031 // What a thread throws would end the process; the caller gets it.
            catch (Exception failure)
            {
                failures.Enqueue(failure);
                broken.Cancel();
            }
#pragma warning restore CA1031
        }
    }

    /// <inheritdoc/>
    public void Barrier() => AllGather([], []);

    /// <inheritdoc/>
    public void Broadcast(Span<byte> bytes, int root)
    {
        if (Rank != root)
        {
            Receive(root, bytes);
            return;
        }
        for (int other = 0; other < Size; other++)
        {
            if (other != root)
                Send(other, bytes);
        }
    }

    /// <inheritdoc/>
    public void AllGather(ReadOnlySpan<byte> own, Span<byte> all)
    {
        RoomForRanks.Require(all.Length, (long)own.Length * Size);
        for (int other = 0; other < Size; other++)
            Send(other, own);
        for (int other = 0; other < Size; other++)
            Receive(other, all.Slice(other * own.Length, own.Length));
    }

    /// <inheritdoc/>
    public void Exchange(int partner, ReadOnlySpan<byte> sent, Span<byte> received)
    {
        RoomForRanks.Require(received.Length, sent.Length);
        Send(partner, sent);
        Receive(partner, received);
    }

    /// <inheritdoc/>
    public void AllToAll(ReadOnlySpan<byte> sent, ReadOnlySpan<int> sentCounts, Span<byte> received, ReadOnlySpan<int> receivedCounts)
    {
        RoomForRanks.RequireParts(Size, sent.Length, sentCounts, received.Length, receivedCounts);
        for (int other = 0, start = 0; other < Size; start += sentCounts[other++])
            Send(other, sent.Slice(start, sentCounts[other]));
        for (int other = 0, start = 0; other < Size; start += receivedCounts[other++])
            Receive(other, received.Slice(start, receivedCounts[other]));
    }

    /// <inheritdoc/>
    public void AllReduce(Span<float> values)
    {
        var all = new float[values.Length * Size];
        AllGather(MemoryMarshal.AsBytes(values), MemoryMarshal.AsBytes(all.AsSpan()));
        values.Clear();
        for (int rank = 0; rank < Size; rank++)
            TensorPrimitives.Add(values, all.AsSpan(rank * values.Length, values.Length), values);
    }

    private void Send(int other, ReadOnlySpan<byte> bytes) => _mail[Rank, other].Add(bytes.ToArray(), _broken);

    private void Receive(int other, Span<byte> bytes)
    {
        byte[] sent = _mail[other, Rank].Take(_broken);
        RoomForRanks.Require(bytes.Length, sent.Length);
        sent.CopyTo(bytes);
    }
}
