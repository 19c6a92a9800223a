using System.Runtime.InteropServices;

namespace ModularNetworks.Data;

/// <summary>The ids of a text's units in their order: in memory, or in a file from which they are read window by window.</summary>
public abstract class TextIds
{
    private const int AtOnce = 1 << 16;

    private protected TextIds(long count) => Length = count;

    /// <summary>The number of ids.</summary>
    public long Length { get; }

    /// <summary>Ids in memory.</summary>
    /// <param name="ids">The ids; kept, not copied.</param>
    public static TextIds Of(ReadOnlyMemory<int> ids) => new TextIdsInMemory(ids);

    /// <summary>Copies ids that follow each other.</summary>
    /// <param name="first">The place of the first.</param>
    /// <param name="ids">Receives them.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    /// <exception cref="DataException">The file cannot be read.</exception>
    public void CopyTo(long first, Span<int> ids)
    {
        if (first < 0 || first > Length - ids.Length)
            throw new ArgumentOutOfRangeException(nameof(first), $"TextIds: {ids.Length} ids from place {first} on are wanted; there are {Length}.");
        Copy(first, ids);
    }

    /// <summary>All ids, if they fit into memory.</summary>
    public int[] ToArray()
    {
        int[] all = new int[Length];
        Copy(0, all);
        return all;
    }

    /// <summary>Adds all ids to a fingerprint, as one list of numbers.</summary>
    internal void AddTo(Fingerprint fingerprint)
    {
        fingerprint.Begin(Length * sizeof(int));
        int[] some = new int[(int)Math.Min(AtOnce, Length)];
        for (long first = 0; first < Length; first += some.Length)
        {
            var ids = some.AsSpan(0, (int)Math.Min(some.Length, Length - first));
            Copy(first, ids);
            fingerprint.Continue(MemoryMarshal.AsBytes(ids));
        }
    }

    private protected abstract void Copy(long first, Span<int> ids);

    private sealed class TextIdsInMemory(ReadOnlyMemory<int> all) : TextIds(all.Length)
    {
        private protected override void Copy(long first, Span<int> ids) => all.Span.Slice((int)first, ids.Length).CopyTo(ids);
    }
}
