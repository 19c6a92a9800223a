using ModularNetworks.Experiments;

namespace ModularNetworks.Board;

/// <summary>
/// Finds the run folders below a folder. Requests name runs by what was found here, so that no path from a request ever
/// reaches the file system.
/// </summary>
/// <param name="root">The folder.</param>
internal sealed class RunCatalogue(string root)
{
    // Such as runs/table1/em-15-1-seed-1, seen from the folder that holds runs.
    private const int MostLevels = 3;

    private static readonly EnumerationOptions OwnFolders = new()
    {
        // Links could lead out of the folder.
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden,
        IgnoreInaccessible = true,
    };

    /// <summary>The runs that exist now; the run that changed last comes first.</summary>
    public IReadOnlyList<FoundRun> Find()
    {
        var found = new List<FoundRun>();
        Collect(root, "", level: 0, found);
        return [.. found.OrderByDescending(run => LastChange(run.Path)).ThenBy(run => run.Name, StringComparer.Ordinal)];
    }

    /// <summary>The run of a name; null if no run has it.</summary>
    public FoundRun? Find(string name) => Find().FirstOrDefault(run => run.Name == name);

    private static void Collect(string folder, string name, int level, List<FoundRun> found)
    {
        if (RunFolder.Exists(folder))
        {
            found.Add(new FoundRun(level == 0 ? Path.GetFileName(folder) : name, folder));
            return;
        }
        if (level == MostLevels)
            return;
        foreach (string inner in FoldersIn(folder))
        {
            string innerName = Path.GetFileName(inner);
            Collect(inner, name.Length == 0 ? innerName : $"{name}/{innerName}", level + 1, found);
        }
    }

    private static string[] FoldersIn(string folder)
    {
        try
        {
            return Directory.GetDirectories(folder, "*", OwnFolders);
        }
        catch (IOException)
        {
            return []; // It was moved or removed just now.
        }
    }

    private static DateTime LastChange(string run)
    {
        var metrics = new FileInfo(Path.Combine(run, RunFiles.Metrics));
        return metrics.Exists ? metrics.LastWriteTimeUtc : File.GetLastWriteTimeUtc(Path.Combine(run, RunFiles.Config));
    }
}
