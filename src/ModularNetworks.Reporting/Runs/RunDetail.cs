namespace ModularNetworks.Reporting;

/// <summary>How much is read of a run.</summary>
/// <param name="Lines">How many lines of metrics with measurements, and how many without, at most.</param>
/// <param name="Snapshots">How many snapshots, at most.</param>
public readonly record struct RunDetail(int Lines, int Snapshots)
{
    // A figure is hardly a thousand pixels wide, and a slider of 25 steps fine enough.
    private const int MostLines = 500;
    private const int MostSnapshots = 25;

    /// <summary>As much as figures can show.</summary>
    public static RunDetail Full { get; } = new(MostLines, MostSnapshots);

    /// <summary>As much of each as makes a page of a few megabytes of several runs.</summary>
    /// <param name="runs">The number of runs.</param>
    public static RunDetail For(int runs) => new(
        Math.Clamp(4 * MostLines / Math.Max(1, runs), 50, MostLines), Math.Clamp(3 * MostSnapshots / Math.Max(1, runs), 4, MostSnapshots));
}
