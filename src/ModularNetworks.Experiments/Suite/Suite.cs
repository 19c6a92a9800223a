namespace ModularNetworks.Experiments;

/// <summary>
/// The benchmark suite: every method on every task, each with the same number of trials for its settings, on paired seeds, beside a
/// network without modules that has the same operations.
/// </summary>
public static class Suite
{
    /// <summary>The reproduction that trains the runs of a folder and writes the report.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="disk">Writes to the folder.</param>
    /// <param name="origin">The origin of the numbers, which the report tells.</param>
    /// <param name="observer">Is told how the suite goes on.</param>
    public static Reproduction<SuiteSeries, SuiteResult> Reproduction(
        SuiteFolder folder, IDisk disk, Origin origin, IReproductionObserver<SuiteSeries, SuiteResult> observer)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(origin);
        return new(folder, disk, () => SuiteReport.Read(folder, origin).Write(disk, folder.FullPath), origin.Version, observer);
    }
}
