namespace ModularNetworks.Reporting;

/// <summary>The bounds on what is read of a run.</summary>
/// <param name="Lines">The most lines of metrics with measurements, and the most without.</param>
/// <param name="Snapshots">The most snapshots.</param>
public readonly record struct RunDetail(int Lines, int Snapshots)
{
    // A figure is hardly a thousand pixels wide, and a slider of 25 steps fine enough.
    private const int MostLines = 500;
    private const int MostSnapshots = 25;

    /// <summary>The bounds for one run: as much as figures can show.</summary>
    public static RunDetail Full { get; } = new(MostLines, MostSnapshots);

    /// <summary>The bounds for each of several runs, which make a page of a few megabytes.</summary>
    /// <param name="runs">The number of runs.</param>
    public static RunDetail For(int runs) => new(
        Math.Clamp(4 * MostLines / Math.Max(1, runs), 50, MostLines), Math.Clamp(3 * MostSnapshots / Math.Max(1, runs), 4, MostSnapshots));
}
