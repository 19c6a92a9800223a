namespace ModularNetworks.Experiments;

/// <summary>Makes the folders of new runs.</summary>
public static class NewRunFolder
{
    /// <summary>
    /// Keeps other processes from a run's folder until the result is disposed of; the folder is made if need be. Who makes a
    /// run claims its folder first: of two that do at once, one is refused.
    /// </summary>
    /// <exception cref="RunException">Another process trains in the folder, or the folder cannot be made.</exception>
    public static IDisposable Claim(IDisk disk, string path)
    {
        ArgumentNullException.ThrowIfNull(disk);
        var folder = RunFolder.At(path);
        Make(path, () => disk.CreateFolder(folder.FullPath));
        return folder.Lock();
    }

    /// <summary>Makes the folder of a new run.</summary>
    /// <exception cref="RunException">There is something in the folder already, or the folder cannot be made.</exception>
    public static RunFolder Create(IDisk disk, string path, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(disk);
        Require(path);
        var folder = RunFolder.At(path);
        Make(path, () =>
        {
            disk.CreateFolder(folder.FullPath);
            folder.WriteOptions(disk, options);
        });
        return folder;
    }

    /// <summary>Checks that a run's folder can be made: there must be nothing of that name, or an empty folder.</summary>
    /// <exception cref="RunException">There is something.</exception>
    public static void Require(string path)
    {
        RunFolder.RequireName(path);
        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any(IsWhole)))
        {
            throw new RunException(
                $"{path} exists already. Add --resume to go on with the run in it, or choose another --out.");
        }
    }

    private static void Make(string path, Action make)
    {
        try
        {
            make();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunException(
                $"{path}: the run folder cannot be made: {exception.Message.TrimEnd('.')}. Make room on the disk, or the folder above writable, or "
                + "choose another --out.", exception);
        }
    }

    // What a process left that was killed before the folder was made does not count.
    private static bool IsWhole(string path) =>
        !path.EndsWith(WholeFile.Unfinished, StringComparison.Ordinal) && Path.GetFileName(path) != RunFiles.Lock;
}
