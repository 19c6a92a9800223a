using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Makes the folders of new runs.</summary>
public static class NewRunFolder
{
    /// <summary>
    /// Keeps other processes from a run's folder until the result is disposed of; the folder is made if need be. Who makes a
    /// run claims its folder first: of two that do at once, one is refused. If nothing is in the folder in the end, it is gone.
    /// </summary>
    /// <exception cref="RunException">Another process trains in the folder, or the folder cannot be made.</exception>
    public static IDisposable Claim(IDisk disk, string path)
    {
        ArgumentNullException.ThrowIfNull(disk);
        var folder = RunFolder.At(path);
        var made = new MadeFolders(folder.FullPath);
        Make(path, () => disk.CreateFolder(folder.FullPath));
        return made.KeepUntilDisposed(folder.Lock());
    }

    /// <summary>Makes the folder of a new run.</summary>
    /// <exception cref="RunException">There is something in the folder already, or the folder cannot be made.</exception>
    public static RunFolder Create(IDisk disk, string path, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(disk);
        ArgumentNullException.ThrowIfNull(options);
        Require(path, options.Experiment);
        var folder = RunFolder.At(path);
        Make(path, () =>
        {
            disk.CreateFolder(folder.FullPath);
            folder.WriteOptions(disk, options);
        });
        return folder;
    }

    /// <summary>
    /// Does the work before a run's first step, such as reading data. If it fails, the run is withdrawn unless it was trained before: it may be
    /// started again with other options.
    /// </summary>
    /// <param name="disk">The disk that the folder is on.</param>
    /// <param name="folder">The run's folder, which the caller has claimed.</param>
    /// <param name="work">The work.</param>
    public static TResult Prepare<TResult>(IDisk disk, RunFolder folder, Func<TResult> work)
    {
        ArgumentNullException.ThrowIfNull(disk);
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return work();
        }
        catch when (folder.Checkpoint.NewestStep is null)
        {
            Withdraw(disk, folder);
            throw;
        }
    }

    private static void Withdraw(IDisk disk, RunFolder folder)
    {
        try
        {
            disk.DeleteFile(Path.Combine(folder.FullPath, RunFiles.Config));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The run stays, and can be gone on with; why the work failed is more important.
        }
    }

    /// <summary>Checks that a run's folder can be made: there must be nothing of that name, or an empty folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="experiment">The name of the run's experiment.</param>
    /// <exception cref="RunException">There is something.</exception>
    public static void Require(string path, string experiment)
    {
        RunFolder.RequireName(path);
        if (RunFolder.Exists(path))
            throw new RunException($"{path} exists already. {WayOn(RunFolder.Open(path), experiment)}");
        if (File.Exists(path))
            throw new RunException($"{path} is a file; a folder was expected. Choose another --out.");
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any(IsWhole))
            throw new RunException($"{path} is no run folder, since it has no {RunFiles.Config}, and it is not empty. Choose another --out.");
    }

    private static string WayOn(RunFolder folder, string experiment)
    {
        try
        {
            string? found = folder.ReadExperiment();
            return found == experiment
                ? "Add --resume to go on with the run in it, or choose another --out."
                : $"The run in it is of the experiment {found ?? "(none)"}, not {experiment}. Choose another --out.";
        }
        catch (RunException)
        {
            return $"Its {RunFiles.Config} is damaged, so that the run in it cannot be gone on with. Choose another --out.";
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
            throw CannotBeMade(path, exception);
        }
    }

    /// <summary>The error to throw when a run's folder, or the folder of several runs, could not be made.</summary>
    internal static RunException CannotBeMade(string path, Exception cause) => new(
        $"{path}: the run folder cannot be made: {UnmadeFolder.ReasonOf(path, cause)}. Mend that, or choose another --out.", cause);

    // What a process left that was killed before the folder was made does not count.
    private static bool IsWhole(string path) =>
        !path.EndsWith(WholeFile.Unfinished, StringComparison.Ordinal) && Path.GetFileName(path) != RunFiles.Lock;
}
