namespace ModularNetworks.Engine;

/// <summary>
/// The rows of a batch grouped by the keys that each row picks. Pick <c>p</c> belongs to row <c>p / K</c>. Made by <see
/// cref="Sort"/> and valid until the tape's next reset.
/// </summary>
public readonly struct RowGroups
{
    private RowGroups(IndexTensor picks, IndexTensor keys, IndexTensor starts, int count, int picksPerRow)
    {
        Picks = picks;
        Keys = keys;
        Starts = starts;
        Count = count;
        PicksPerRow = picksPerRow;
    }

    /// <summary>All pick numbers, those of one key together and in rising order.</summary>
    public IndexTensor Picks { get; }

    /// <summary>The picked keys in rising order; the first <see cref="Count"/> entries count.</summary>
    public IndexTensor Keys { get; }

    /// <summary>Where each group starts in <see cref="Picks"/>; entry <see cref="Count"/> is the end of the last.</summary>
    public IndexTensor Starts { get; }

    /// <summary>The number of groups: keys that at least one row picked.</summary>
    public int Count { get; }

    /// <summary>K: how many keys each row picks.</summary>
    public int PicksPerRow { get; }

    /// <summary>Sorts picks by key (counting sort, stable). The cost follows the number of picks, not that of keys.</summary>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="picked"><c>[rows, K]</c>, the keys that each row picks.</param>
    /// <param name="keyCount">The number of keys: they are 0 to <c>keyCount - 1</c>.</param>
    /// <exception cref="ShapeException">The picks have not two axes, or name a key that does not exist.</exception>
    public static RowGroups Sort(Tape tape, IndexTensor picked, int keyCount)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(picked);
        if (picked.Shape.Rank != 2)
            throw new ShapeException($"RowGroups: the picks have shape {picked.Shape}; they must be [rows, K].");
        var keys = picked.Values;
        RequireKeys(keys, keyCount);
        int most = Math.Min(keyCount, keys.Length);
        var used = tape.RentIndices(new Shape(most));
        var starts = tape.RentIndices(new Shape(most + 1));
        var picks = tape.RentIndices(new Shape(keys.Length));
        var next = tape.KeyCounts(keyCount);
        int count = CountPicks(keys, next, used.Values);
        PlaceGroups(used.Values[..count], next, starts.Values);
        var sorted = picks.Values;
        for (int pick = 0; pick < keys.Length; pick++)
            sorted[next[keys[pick]]++] = pick;
        foreach (int key in used.Values[..count])
            next[key] = 0;
        return new RowGroups(picks, used, starts, count, picked.Shape[1]);
    }

    private static void RequireKeys(ReadOnlySpan<int> picked, int keyCount)
    {
        foreach (int key in picked)
        {
            if ((uint)key >= (uint)keyCount)
                throw new ShapeException($"RowGroups: {key} was picked; picks must be 0 to {keyCount - 1}.");
        }
    }

    /// <summary>Counts each key's picks, and lists the picked keys in rising order.</summary>
    private static int CountPicks(ReadOnlySpan<int> picked, Span<int> counts, Span<int> used)
    {
        int count = 0;
        foreach (int key in picked)
        {
            if (counts[key]++ == 0)
                used[count++] = key;
        }
        // Sorting what was found costs nothing for the keys that nobody picked.
        used[..count].Sort();
        return count;
    }

    /// <summary>Turns each picked key's count into the place of its first pick.</summary>
    private static void PlaceGroups(ReadOnlySpan<int> used, Span<int> counts, Span<int> starts)
    {
        int start = 0;
        for (int group = 0; group < used.Length; group++)
        {
            int size = counts[used[group]];
            counts[used[group]] = start;
            starts[group] = start;
            start += size;
        }
        starts[used.Length] = start;
    }
}
