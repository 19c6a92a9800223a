using ModularNetworks.Experiments;

namespace ModularNetworks.Board;

/// <summary>
/// Finds the run folders below a folder, but for those of comparisons, suites and tables below it. Requests name runs by what was found here, so that no path from a request ever
/// reaches the file system.
/// </summary>
/// <param name="root">The folder.</param>
internal sealed class RunCatalogue(string root)
{
    /// <summary>The runs that exist now; the run that changed last comes first.</summary>
    public IReadOnlyList<FoundRun> Find() =>
    [
        .. RunFolders.In(root).Runs
            .Select(name => name.Length == 0 ? new FoundRun(Path.GetFileName(root), root) : new FoundRun(name, Path.Join(root, name)))
            .OrderByDescending(run => LastChange(run.Path))
            .ThenBy(run => run.Name, StringComparer.Ordinal),
    ];

    /// <summary>The run of a name; null if no run has it.</summary>
    public FoundRun? Find(string name) => Find().FirstOrDefault(run => run.Name == name);

    private static DateTime LastChange(string run)
    {
        var metrics = new FileInfo(Path.Combine(run, RunFiles.Metrics));
        return metrics.Exists ? metrics.LastWriteTimeUtc : File.GetLastWriteTimeUtc(Path.Combine(run, RunFiles.Config));
    }
}
