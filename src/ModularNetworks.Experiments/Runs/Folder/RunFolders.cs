namespace ModularNetworks.Experiments;

/// <summary>Finds the run folders below a folder.</summary>
public static class RunFolders
{
    // Such as runs/table1/em-15-1-seed-1, seen from the folder that holds runs.
    private const int MostLevels = 3;

    private static readonly EnumerationOptions OwnFolders = new()
    {
        // Links could lead out of the folder.
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden,
        IgnoreInaccessible = true,
    };

    /// <summary>
    /// Finds the run folders at a folder and up to three levels below it. Nothing is looked for in run folders, links and hidden folders, nor in
    /// a group below the folder, whose many runs are one thing; the runs of the folder itself are found if it is a group.
    /// </summary>
    /// <param name="root">The folder.</param>
    public static FoundRuns In(string root)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        List<string> runs = [], groups = [];
        Collect(root, "", level: 0, runs, groups);
        runs.Sort(StringComparer.Ordinal);
        groups.Sort(StringComparer.Ordinal);
        return new FoundRuns(runs, groups);
    }

    private static void Collect(string folder, string name, int level, List<string> runs, List<string> groups)
    {
        if (RunFolder.Exists(folder))
            runs.Add(name);
        else if (level > 0 && RunGroup.Exists(folder))
            groups.Add(name);
        else if (level < MostLevels)
        {
            foreach (string inner in FoldersIn(folder))
                Collect(inner, name.Length == 0 ? Path.GetFileName(inner) : $"{name}/{Path.GetFileName(inner)}", level + 1, runs, groups);
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
            return []; // It is none, or was moved or removed just now.
        }
    }
}
