namespace ModularNetworks.Engine;

/// <summary>
/// The picks of a batch sorted by module. Pick <c>p</c> belongs to row <c>p / K</c>. Made by <see cref="Sort"/> and valid
/// until the tape's next reset.
/// </summary>
public readonly struct ModuleGroups
{
    private ModuleGroups(IndexTensor picks, IndexTensor modules, IndexTensor starts, int count, int picksPerRow)
    {
        Picks = picks;
        Modules = modules;
        Starts = starts;
        Count = count;
        PicksPerRow = picksPerRow;
    }

    /// <summary>All pick numbers, those of one module together and in rising order.</summary>
    public IndexTensor Picks { get; }

    /// <summary>The used modules in rising order; the first <see cref="Count"/> entries count.</summary>
    public IndexTensor Modules { get; }

    /// <summary>Where each group starts in <see cref="Picks"/>; entry <see cref="Count"/> is the end of the last.</summary>
    public IndexTensor Starts { get; }

    /// <summary>The number of groups: modules that at least one row picked.</summary>
    public int Count { get; }

    /// <summary>K: how many modules each row picks.</summary>
    public int PicksPerRow { get; }

    /// <summary>Sorts a selection by module (counting sort, stable).</summary>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="selection"><c>[rows, K]</c>, module numbers.</param>
    /// <param name="modules">M, the number of modules in the pool.</param>
    /// <exception cref="ShapeException">The selection has not two axes, or names a module that does not exist.</exception>
    public static ModuleGroups Sort(Tape tape, IndexTensor selection, int modules)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(selection);
        if (selection.Shape.Rank != 2)
            throw new ShapeException($"ModuleGroups: the selection has shape {selection.Shape}; it must be [rows, K].");
        var picked = selection.Values;
        var next = tape.RentIndices(new Shape(modules)).Values;
        CountPicks(picked, next);
        var used = tape.RentIndices(new Shape(modules));
        var starts = tape.RentIndices(new Shape(modules + 1));
        int count = PlaceGroups(next, used.Values, starts.Values);
        var picks = tape.RentIndices(new Shape(picked.Length));
        var sorted = picks.Values;
        for (int pick = 0; pick < picked.Length; pick++)
            sorted[next[picked[pick]]++] = pick;
        return new ModuleGroups(picks, used, starts, count, selection.Shape[1]);
    }

    private static void CountPicks(ReadOnlySpan<int> picked, Span<int> counts)
    {
        counts.Clear();
        foreach (int module in picked)
        {
            if ((uint)module >= (uint)counts.Length)
                throw new ShapeException($"ModuleGroups: module {module} was selected; the pool has modules 0 to {counts.Length - 1}.");
            counts[module]++;
        }
    }

    /// <summary>Turns each module's count into the place of its first pick, and lists the used modules.</summary>
    private static int PlaceGroups(Span<int> counts, Span<int> used, Span<int> starts)
    {
        int groups = 0, start = 0;
        for (int module = 0; module < counts.Length; module++)
        {
            int size = counts[module];
            counts[module] = start;
            if (size == 0)
                continue;
            used[groups] = module;
            starts[groups] = start;
            groups++;
            start += size;
        }
        starts[groups] = start;
        return groups;
    }
}
