using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments;

/// <summary>
/// The folder of a run: <c>config.json</c> (every option, resolved), <c>metrics.jsonl</c> (a line a log point),
/// <c>checkpoint/</c> and <c>summary.json</c>.
/// </summary>
public sealed class RunFolder
{
    /// <summary>The name of the file with every option.</summary>
    public const string ConfigFile = "config.json";

    /// <summary>The name of the file with the lines of metrics.</summary>
    public const string MetricsFile = "metrics.jsonl";

    /// <summary>The name of the file with the snapshots.</summary>
    public const string SnapshotsFile = "snapshots.jsonl";

    /// <summary>The name of the file that tells what each module does.</summary>
    public const string InspectionFile = "inspection.json";

    /// <summary>The name of the file with the results.</summary>
    public const string SummaryFile = "summary.json";

    private const string LockFile = "lock";
    private const string CheckpointFolder = "checkpoint";
    private const string BestFolder = "best";

    private static readonly string[] OwnNames =
        [ConfigFile, MetricsFile, SnapshotsFile, InspectionFile, SummaryFile, LockFile, CheckpointFolder, BestFolder];

    // They have a few kilobytes, or with a thousand modules a few hundred.
    private const long MostConfigBytes = 1 << 20;
    private const long MostSummaryBytes = 1 << 26;

    // The newest could be damaged by what also ended the run.
    private const int KeptCheckpoints = 2;

    private RunFolder(string path)
    {
        FullPath = Path.GetFullPath(path);
        Checkpoint = new Checkpoint(Path.Combine(FullPath, CheckpointFolder), KeptCheckpoints);
        BestCheckpoint = new Checkpoint(Path.Combine(FullPath, BestFolder));
        Metrics = new MetricsLog(Path.Combine(FullPath, MetricsFile));
        Snapshots = new MetricsLog(Path.Combine(FullPath, SnapshotsFile));
    }

    /// <summary>Where the folder is.</summary>
    public string FullPath { get; }

    /// <summary>What training goes on from.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>The checkpoint of the best step: the one with the lowest validation perplexity of all that were measured.</summary>
    public Checkpoint BestCheckpoint { get; }

    /// <summary>The lines of metrics.</summary>
    public MetricsLog Metrics { get; }

    /// <summary>What the controllers do on a fixed batch, a line a measurement.</summary>
    public MetricsLog Snapshots { get; }

    /// <summary>
    /// Keeps other processes from a run's folder until the result is disposed of; the folder is made if need be. Who makes a
    /// run claims its folder first: of two that do at once, one is refused.
    /// </summary>
    /// <exception cref="RunException">Another process trains in it, or it cannot be made.</exception>
    public static IDisposable Claim(IDisk disk, string path)
    {
        ArgumentNullException.ThrowIfNull(disk);
        RequireName(path);
        var folder = new RunFolder(path);
        try
        {
            disk.CreateFolder(folder.FullPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotBeMade(path, exception);
        }
        return folder.Lock();
    }

    /// <summary>Makes the folder of a new run.</summary>
    /// <exception cref="RunException">There is something in it already, or it cannot be made.</exception>
    public static RunFolder Create(IDisk disk, string path, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(disk);
        RequireNew(path);
        var folder = new RunFolder(path);
        try
        {
            disk.CreateFolder(folder.FullPath);
            folder.Write(disk, ConfigFile, OptionsJson.Write(options));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotBeMade(path, exception);
        }
        return folder;
    }

    /// <summary>Checks that a run's folder can be made: there must be nothing of that name, or an empty folder.</summary>
    /// <exception cref="RunException">There is something.</exception>
    public static void RequireNew(string path)
    {
        RequireName(path);
        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any(IsWhole)))
        {
            throw new RunException(
                $"{path} exists already. Add --resume to go on with the run in it, or choose another --out.");
        }
    }

    /// <summary>Whether there is the folder of a run.</summary>
    public static bool Exists(string path) => File.Exists(Path.Combine(path, ConfigFile));

    /// <summary>Whether a file has, in the folder of a run, a name that a run uses, or is in a folder that has.</summary>
    /// <param name="file">The full path of the file, which need not be there.</param>
    public static bool HasOwn(string file)
    {
        for (string path = file; Path.GetDirectoryName(path) is { } folder; path = folder)
        {
            if (OwnNames.Contains(Path.GetFileName(path)) && Exists(folder))
                return true;
        }
        return false;
    }

    /// <summary>Opens the folder of a run.</summary>
    /// <exception cref="RunException">It is not the folder of a run.</exception>
    public static RunFolder Open(string path)
    {
        RequireName(path);
        if (!Exists(path))
            throw new RunException($"{path} is not a run folder: it has no {ConfigFile}. Give the folder of --out.");
        return new RunFolder(path);
    }

    /// <summary>Whether a process trains in the folder. Asking does not disturb it.</summary>
    public bool IsTraining => FileLock.IsTaken(Path.Combine(FullPath, LockFile));

    /// <summary>Keeps other processes from training in the folder until the result is disposed of.</summary>
    /// <exception cref="RunException">Another process trains in it, or it cannot be written to.</exception>
    public IDisposable Lock()
    {
        try
        {
            return FileLock.TryTake(Path.Combine(FullPath, LockFile)) ?? throw new RunException(
                $"{FullPath}: another process trains in this run folder. Wait for it, or choose another --out.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotBeWritten(exception);
        }
    }

    /// <summary>Checks that data are those that the run was trained on; runs of earlier versions do not tell.</summary>
    /// <param name="experiment">Has read the data.</param>
    /// <exception cref="RunException">They are others.</exception>
    /// <exception cref="CheckpointException">The newest checkpoint is damaged.</exception>
    public void RequireData(Experiment experiment)
    {
        if (Checkpoint.ReadState() is { } state)
            RunRecord.Parse(state, FullPath).RequireData(experiment, FullPath);
    }

    /// <summary>The options the run was started with.</summary>
    /// <exception cref="RunException">The file is damaged.</exception>
    public RunOptions ReadOptions()
    {
        string path = Path.Combine(FullPath, ConfigFile);
        var options = OptionsJson.Read(WholeFile.Read(path, MostConfigBytes), path);
        try
        {
            options.Validate();
        }
        catch (RunException exception)
        {
            throw new RunException($"{path}: {exception.Message}", exception);
        }
        return options;
    }

    /// <summary>Replaces the options, where a run goes on with more steps or other threads.</summary>
    public void WriteOptions(IDisk disk, RunOptions options) => Write(disk, ConfigFile, OptionsJson.Write(options));

    /// <summary>Reads <c>summary.json</c>.</summary>
    /// <returns>The results; null if the run has not come to its end yet.</returns>
    /// <exception cref="RunException">The file is damaged.</exception>
    public JsonObject? ReadSummary()
    {
        string path = Path.Combine(FullPath, SummaryFile);
        if (!File.Exists(path))
            return null;
        try
        {
            var summary = StrictJson.Parse(WholeFile.Read(path, MostSummaryBytes));
            return summary["steps"]?.GetValueKind() == JsonValueKind.Number
                ? summary
                : throw new JsonException("it does not say how many steps were taken.");
        }
        catch (JsonException exception)
        {
            throw new RunException(
                $"{path}: this is not a run's summary: {exception.Message} Delete it, and go on with the run.", exception);
        }
    }

    /// <summary>Writes <c>summary.json</c>.</summary>
    public void WriteSummary(IDisk disk, JsonObject summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        Write(disk, SummaryFile, summary.ToJsonString(MetricsLog.Indented));
    }

    /// <summary>Writes <c>inspection.json</c>: what each module does.</summary>
    public void WriteInspection(IDisk disk, JsonObject inspection)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        Write(disk, InspectionFile, inspection.ToJsonString());
    }

    /// <summary>What to say of a folder that could not be written to.</summary>
    internal RunException CannotBeWritten(Exception cause)
    {
        string kept = Checkpoint.NewestStep is { } step
            ? string.Create(CultureInfo.InvariantCulture, $"All up to step {step} is kept.")
            : "There is no checkpoint yet.";
        return new RunException(
            $"{FullPath}: not everything could be written: {cause.Message.TrimEnd('.')}. {kept} Make room on the disk, or the folder writable, and "
            + (Exists(FullPath) ? "go on with --resume." : "start again."),
            cause);
    }

    private static RunException CannotBeMade(string path, Exception cause) => new(
        $"{path}: the run folder cannot be made: {cause.Message.TrimEnd('.')}. Make room on the disk, or the folder above writable, or choose another --out.", cause);

    // What a process left that was killed before the folder was made does not count.
    private static bool IsWhole(string path) =>
        !path.EndsWith(WholeFile.Unfinished, StringComparison.Ordinal) && Path.GetFileName(path) != LockFile;

    private static void RequireName(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new RunException("The name of the run folder is empty; give a folder, such as runs/first.");
    }

    private void Write(IDisk disk, string name, string text) => WholeFile.Write(disk, Path.Combine(FullPath, name), text + "\n");
}
