namespace ModularNetworks.Engine;

/// <summary>
/// The rows of a batch grouped by the keys that each row picks. Pick <c>p</c> belongs to row <c>p / K</c>. Made by <see
/// cref="Sort"/> and valid until the tape's next reset.
/// </summary>
public readonly struct RowGroups
{
    private readonly Tape? _tape;
    private readonly long _step;

    private RowGroups(Tape tape, IndexTensor picked, IndexTensor picks, IndexTensor keys, IndexTensor starts, int count)
    {
        (_tape, _step) = (tape, tape.StepNumber);
        (Picked, Picks, Keys, Starts) = (picked, picks, keys, starts);
        Count = count;
        PicksPerRow = picked.Shape[1];
    }

    /// <summary>The keys that each row picked, <c>[rows, K]</c>: a copy, which nobody can change.</summary>
    internal IndexTensor Picked { get; }

    /// <summary>All pick numbers, those of one key together and in rising order.</summary>
    internal IndexTensor Picks { get; }

    /// <summary>The picked keys in rising order; the first <see cref="Count"/> entries count.</summary>
    internal IndexTensor Keys { get; }

    /// <summary>Where each group starts in <see cref="Picks"/>; entry <see cref="Count"/> is the end of the last.</summary>
    internal IndexTensor Starts { get; }

    /// <summary>The number of groups: keys that at least one row picked.</summary>
    public int Count { get; }

    /// <summary>K: how many keys each row picks.</summary>
    public int PicksPerRow { get; }

    /// <summary>Sorts picks by key (counting sort, stable). The cost follows the number of picks, not that of keys.</summary>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="picked"><c>[rows, K]</c>, the keys that each row picks.</param>
    /// <param name="keyCount">The number of keys: they are 0 to <c>keyCount - 1</c>.</param>
    /// <exception cref="ShapeException">The picks have not two axes, or name a key that does not exist.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of keys is negative.</exception>
    public static RowGroups Sort(Tape tape, IndexTensor picked, int keyCount)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(picked);
        ArgumentOutOfRangeException.ThrowIfNegative(keyCount);
        if (picked.Shape.Rank != 2)
            throw new ShapeException($"RowGroups: the picks have shape {picked.Shape}; they must be [rows, K].");
        IndexRange.Require("RowGroups", "key", picked.Values, keyCount);
        var kept = tape.Keep(picked);
        var keys = kept.Values;
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
        return new RowGroups(tape, kept, picks, used, starts, count);
    }

    /// <summary>Refuses groups that were made on another tape, or before its reset, whose memory others use now.</summary>
    /// <param name="operation">The operation that uses the groups, for the message.</param>
    /// <param name="tape">Its tape.</param>
    /// <param name="keyCount">The number of keys that it knows.</param>
    /// <exception cref="InvalidOperationException">The groups are not valid.</exception>
    /// <exception cref="ShapeException">A key was picked that the operation does not know.</exception>
    internal void Require(string operation, Tape tape, int keyCount)
    {
        if (_tape != tape || _step != tape.StepNumber)
        {
            throw new InvalidOperationException(
                $"{operation}: the groups were sorted on another tape, or before this one was reset. Sort the picks again in every step.");
        }
        // Groups are in the order of their keys.
        IndexRange.Require(operation, "key", Keys.Values[Math.Max(0, Count - 1)..Count], keyCount);
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
