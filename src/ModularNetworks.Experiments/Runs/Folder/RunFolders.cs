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

    /// <summary>The run folders at a folder and up to three levels below it. Nothing is looked for in run folders, links and hidden folders.</summary>
    /// <param name="root">The folder.</param>
    /// <returns>Their paths from the folder, with slashes, in ordinal order; an empty one for the folder itself.</returns>
    public static IReadOnlyList<string> In(string root)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        var found = new List<string>();
        Collect(root, "", level: 0, found);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static void Collect(string folder, string name, int level, List<string> found)
    {
        if (RunFolder.Exists(folder))
            found.Add(name);
        else if (level < MostLevels)
        {
            foreach (string inner in FoldersIn(folder))
                Collect(inner, name.Length == 0 ? Path.GetFileName(inner) : $"{name}/{Path.GetFileName(inner)}", level + 1, found);
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
