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

    /// <summary>Sorts a selection by module (counting sort, stable). The cost follows the number of picks, not that of modules.</summary>
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
        RequireModules(picked, modules);
        int most = Math.Min(modules, picked.Length);
        var used = tape.RentIndices(new Shape(most));
        var starts = tape.RentIndices(new Shape(most + 1));
        var picks = tape.RentIndices(new Shape(picked.Length));
        var next = tape.PickCounts(modules);
        int count = CountPicks(picked, next, used.Values);
        PlaceGroups(used.Values[..count], next, starts.Values);
        var sorted = picks.Values;
        for (int pick = 0; pick < picked.Length; pick++)
            sorted[next[picked[pick]]++] = pick;
        foreach (int module in used.Values[..count])
            next[module] = 0;
        return new ModuleGroups(picks, used, starts, count, selection.Shape[1]);
    }

    private static void RequireModules(ReadOnlySpan<int> picked, int modules)
    {
        foreach (int module in picked)
        {
            if ((uint)module >= (uint)modules)
                throw new ShapeException($"ModuleGroups: module {module} was selected; the pool has modules 0 to {modules - 1}.");
        }
    }

    /// <summary>Counts each module's picks, and lists the used modules in rising order.</summary>
    private static int CountPicks(ReadOnlySpan<int> picked, Span<int> counts, Span<int> used)
    {
        int count = 0;
        foreach (int module in picked)
        {
            if (counts[module]++ == 0)
                used[count++] = module;
        }
        // Sorting what was found costs nothing for the modules that nobody picked.
        used[..count].Sort();
        return count;
    }

    /// <summary>Turns each used module's count into the place of its first pick.</summary>
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
