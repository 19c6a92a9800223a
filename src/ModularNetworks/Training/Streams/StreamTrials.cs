using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The pairs of modules that are tried out for the running task. Each has free modules of its own, so that trials do not disturb each
/// other: two free modules, each used module of the first layer with a free one of the second, and the other way round.
/// </summary>
/// <remarks>
/// E-steps keep the better half of the trials again and again (successive halving; Karnin, Koren, Somekh 2013), so that the best ones are
/// trained on more and more datapoints.
/// </remarks>
internal sealed class StreamTrials
{
    private readonly TaskSelections _selections;

    // The number of trials that are left, then their numbers, the best first.
    private readonly Tensor _left;
    private ModulePair[]? _all;

    /// <summary>Prepares trials.</summary>
    /// <param name="selections">a* of the tasks.</param>
    /// <param name="most">The largest number of trials.</param>
    public StreamTrials(TaskSelections selections, int most) =>
        (_selections, _left) = (selections, Tensor.Allocate(new Shape(most + 1)));

    /// <summary>The trials that are left, to be saved and restored.</summary>
    public Tensor State => _left;

    /// <summary>The number of trials that are left.</summary>
    public int Count => (int)_left[0];

    /// <summary>The number of rounds in which half of the trials are dropped, until one is left; at least 1.</summary>
    public int Rounds => Math.Max(1, (int)Math.Ceiling(Math.Log2(All.Length)));

    /// <summary>A trial that is left; the first one is the best so far.</summary>
    public ModulePair this[int place] => All[(int)_left[place + 1]];

    // The selections do not change while a task is undecided.
    private ModulePair[] All => _all ??= Of(_selections);

    /// <summary>Begins with all trials.</summary>
    public void Begin()
    {
        _all = null;
        _left[0] = All.Length;
        for (int trial = 0; trial < All.Length; trial++)
            _left[trial + 1] = trial;
    }

    /// <summary>Keeps the better half of the trials that are left; of equal ones the earlier.</summary>
    /// <param name="scores">The scores of the trials that are left.</param>
    public void Halve(ReadOnlySpan<double> scores)
    {
        double[] kept = scores.ToArray();
        int[] best = [.. Enumerable.Range(0, Count).OrderByDescending(place => kept[place]).Take((Count + 1) / 2).Select(place => (int)_left[place + 1])];
        _left[0] = best.Length;
        for (int place = 0; place < best.Length; place++)
            _left[place + 1] = best[place];
    }

    /// <summary>Drops all trials.</summary>
    public void End() => _left[0] = 0;

    /// <summary>The trials for a task after those that are decided; none if a layer has no free module.</summary>
    public static ModulePair[] Of(TaskSelections selections)
    {
        var (free, others) = (new Queue<int>(selections.Free(0)), new Queue<int>(selections.Free(1)));
        var trials = new List<ModulePair>();
        if (free.Count > 0 && others.Count > 0)
            trials.Add(new ModulePair(free.Dequeue(), others.Dequeue()));
        foreach (int used in selections.Used(0).Take(others.Count))
            trials.Add(new ModulePair(used, others.Dequeue()));
        foreach (int used in selections.Used(1).Take(free.Count))
            trials.Add(new ModulePair(free.Dequeue(), used));
        return [.. trials];
    }
}
