namespace ModularNetworks.Experiments;

/// <summary>
/// The files beside a checkpoint that it covers with checksums: the preprocessing, lines of metrics and snapshots as far as they were written
/// by then, and the manifest of the best step's checkpoint, which covers the other files there.
/// </summary>
internal static class CoveredFiles
{
    /// <summary>The files as they are now, by their names in the run's folder.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="best">The best step whose checkpoint is covered; null for none.</param>
    public static SortedDictionary<string, FilePart> Of(RunFolder folder, long? best)
    {
        var files = new SortedDictionary<string, FilePart>(StringComparer.Ordinal);
        if (Path.Combine(folder.FullPath, RunFiles.Preprocessing) is var preprocessing && File.Exists(preprocessing))
            files[RunFiles.Preprocessing] = FileChecksum.Of(preprocessing, long.MaxValue, folder.FullPath).Part;
        if (folder.Metrics.Written is { } metrics)
            files[RunFiles.Metrics] = metrics;
        if (folder.Snapshots.Written is { } snapshots)
            files[RunFiles.Snapshots] = snapshots;
        // A run that goes on from before a better step finds the checkpoint of that step there until it comes to it again.
        if (folder.BestCheckpoint.NewestStep == best && folder.BestCheckpoint.ManifestPath is { } manifest)
        {
            files[Path.GetRelativePath(folder.FullPath, manifest).Replace(Path.DirectorySeparatorChar, '/')] =
                FileChecksum.Of(manifest, long.MaxValue, folder.FullPath).Part;
        }
        return files;
    }

    /// <summary>Checks that the files begin with what was written.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="written">What was written; empty in checkpoints of earlier versions.</param>
    /// <param name="step">The checkpoint's step.</param>
    /// <exception cref="RunException">A file was changed.</exception>
    /// <exception cref="CheckpointException">The best step's checkpoint is damaged.</exception>
    public static void Require(RunFolder folder, IReadOnlyDictionary<string, FilePart> written, long step)
    {
        foreach (var (name, part) in written)
            Require(folder, name, part, step);
        folder.BestCheckpoint.Verify();
    }

    /// <summary>Checks that a file begins with what was written. One that is not there is passed over.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="name">The file's name in the folder.</param>
    /// <param name="written">What was written.</param>
    /// <param name="step">The checkpoint's step.</param>
    /// <exception cref="RunException">The file was changed, or is no file of this folder.</exception>
    public static void Require(RunFolder folder, string name, FilePart written, long step)
    {
        string path = Path.Combine(folder.FullPath, name);
        // A better step after the checkpoint may have taken the place of the best one, lost lines were counted before, and the preprocessing
        // is made again from the data.
        if (!File.Exists(path))
            return;
        var found = Read(folder, name, Length(name, written));
        if (found != written)
            throw new RunException($"{path}: {written} were written up to step {step}, {found} are there. {WayOn(name, path)}");
    }

    private static FilePart Read(RunFolder folder, string name, long bytes)
    {
        try
        {
            return FileChecksum.Of(Path.Combine(folder.FullPath, name), bytes, folder.FullPath).Part;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw folder.CannotBeRead(name, exception);
        }
    }

    // Only lines are added after a checkpoint.
    private static long Length(string name, FilePart written) => name == RunFiles.Preprocessing ? long.MaxValue : written.Bytes;

    private static string WayOn(string name, string path) => name switch
    {
        RunFiles.Preprocessing => PreprocessingFile.WayOn,
        RunFiles.Metrics or RunFiles.Snapshots => "Restore the file, or delete the checkpoints and start again.",
        _ => $"Restore the file, or delete the folder {Path.GetDirectoryName(path)} to go on without the best step's checkpoint.",
    };
}
