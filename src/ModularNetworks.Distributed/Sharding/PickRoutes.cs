using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModularNetworks.Engine;

namespace ModularNetworks.Distributed;

/// <summary>
/// The ways of one mini-batch's picks: each goes from the rank that has the row to the rank that has the module, and back. What a rank
/// receives is in the order of the ranks that sent it, and of each in the order of its picks, so that the picks of a module are in the
/// same order for any number of ranks. Valid until the tape's next reset.
/// </summary>
internal readonly struct PickRoutes
{
    private readonly ICommunicator _ranks;
    private readonly IndexTensor _sentCounts;
    private readonly IndexTensor _receivedCounts;

    private PickRoutes(Tape tape, ICommunicator ranks, Shards shards, IndexTensor selection)
    {
        _ranks = ranks;
        PicksPerRow = selection.Shape[1];
        Sent = SortByOwner(tape, shards, selection, out _sentCounts);
        _receivedCounts = tape.RentIndices(new Shape(ranks.Size));
        Span<int> one = stackalloc int[ranks.Size];
        one.Fill(sizeof(int));
        ranks.AllToAll(MemoryMarshal.AsBytes(_sentCounts.Values), one, MemoryMarshal.AsBytes(_receivedCounts.Values), one);
        Modules = tape.RentIndices(new Shape(SumOf(_receivedCounts), 1));
        var modules = tape.RentIndices(Sent.Shape);
        for (int i = 0; i < modules.Values.Length; i++)
        {
            int module = selection.Values[Sent.Values[i]];
            modules.Values[i] = module - shards.First(shards.OwnerOf(module));
        }
        ToOwners<int>(modules.Values, Modules.Values, width: 1);
    }

    /// <summary>The picks of this rank's rows in the order in which they are sent.</summary>
    public IndexTensor Sent { get; }

    /// <summary>K.</summary>
    public int PicksPerRow { get; }

    /// <summary>The module of each pick that comes to this rank, counted from the first that it has: <c>[received, 1]</c>.</summary>
    public IndexTensor Modules { get; }

    /// <summary>Tells all ranks what they will receive. All call this method.</summary>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="ranks">The ranks.</param>
    /// <param name="shards">Which rank has which module.</param>
    /// <param name="selection"><c>[rows, K]</c>, the modules that this rank's rows pick.</param>
    /// <exception cref="ShapeException">The selection names a module that does not exist.</exception>
    public static PickRoutes Plan(Tape tape, ICommunicator ranks, Shards shards, IndexTensor selection)
    {
        IndexRange.Require("ShardedModules", "module", selection.Values, shards.Modules);
        return new PickRoutes(tape, ranks, shards, selection);
    }

    /// <summary>Sends what each pick has to the owner of its module.</summary>
    /// <param name="sent">A row for each of <see cref="Sent"/>.</param>
    /// <param name="received">A row for each of <see cref="Modules"/>.</param>
    /// <param name="width">The size of a row.</param>
    public void ToOwners<T>(ReadOnlySpan<T> sent, Span<T> received, int width)
        where T : unmanaged => Exchange(sent, _sentCounts, received, _receivedCounts, width);

    /// <summary>Sends what each received pick has back to where it came from.</summary>
    /// <param name="sent">A row for each of <see cref="Modules"/>.</param>
    /// <param name="received">A row for each of <see cref="Sent"/>.</param>
    /// <param name="width">The size of a row.</param>
    public void ToOrigins<T>(ReadOnlySpan<T> sent, Span<T> received, int width)
        where T : unmanaged => Exchange(sent, _receivedCounts, received, _sentCounts, width);

    private void Exchange<T>(ReadOnlySpan<T> sent, IndexTensor sentCounts, Span<T> received, IndexTensor receivedCounts, int width)
        where T : unmanaged
    {
        long rowBytes = (long)width * Unsafe.SizeOf<T>();
        long most = Math.Max(SumOf(sentCounts), SumOf(receivedCounts));
        if (most * rowBytes > int.MaxValue)
        {
            throw new ShapeException(
                $"ShardedModules: a rank sends or receives {Counted.Of(most, "row")} of {rowBytes} bytes at once; together they must be less than 2 GB. Take smaller mini-batches.");
        }
        Span<int> sentBytes = stackalloc int[_ranks.Size], receivedBytes = stackalloc int[_ranks.Size];
        for (int rank = 0; rank < _ranks.Size; rank++)
        {
            sentBytes[rank] = sentCounts.Values[rank] * (int)rowBytes;
            receivedBytes[rank] = receivedCounts.Values[rank] * (int)rowBytes;
        }
        _ranks.AllToAll(MemoryMarshal.AsBytes(sent), sentBytes, MemoryMarshal.AsBytes(received), receivedBytes);
    }

    /// <summary>The picks sorted by the rank that has their module, those of one rank in their order.</summary>
    private static IndexTensor SortByOwner(Tape tape, Shards shards, IndexTensor selection, out IndexTensor counts)
    {
        var owners = tape.RentIndices(selection.Shape);
        for (int pick = 0; pick < owners.Values.Length; pick++)
            owners.Values[pick] = shards.OwnerOf(selection.Values[pick]);
        var groups = RowGroups.Sort(tape, owners, shards.Ranks);
        counts = tape.RentIndices(new Shape(shards.Ranks));
        counts.Values.Clear();
        for (int group = 0; group < groups.Count; group++)
            counts.Values[groups.Keys.Values[group]] = groups.Starts.Values[group + 1] - groups.Starts.Values[group];
        return groups.Picks;
    }

    private static int SumOf(IndexTensor counts)
    {
        long sum = 0;
        foreach (int count in counts.Values)
            sum += count;
        return checked((int)sum);
    }
}
