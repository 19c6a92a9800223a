using System.Globalization;
using System.Text.Json;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>
/// The folder of a run: <c>config.json</c> (every option, resolved), <c>metrics.jsonl</c> (a line a log point),
/// <c>checkpoint/</c> and <c>summary.json</c>.
/// </summary>
public sealed class RunFolder
{
    // The newest could be damaged by what also ended the run.
    private const int KeptCheckpoints = 2;

    private RunFolder(string path)
    {
        FullPath = Path.GetFullPath(path);
        Checkpoint = new Checkpoint(Path.Combine(FullPath, RunFiles.Checkpoint), KeptCheckpoints, within: FullPath);
        BestCheckpoint = new Checkpoint(Path.Combine(FullPath, RunFiles.BestCheckpoint), within: FullPath);
        Metrics = new MetricsLog(Path.Combine(FullPath, RunFiles.Metrics));
        Snapshots = new MetricsLog(Path.Combine(FullPath, RunFiles.Snapshots));
    }

    /// <summary>The absolute path of the folder.</summary>
    public string FullPath { get; }

    /// <summary>The checkpoints that training goes on from.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>The checkpoint of the best step: the one with the lowest validation perplexity of all that were measured.</summary>
    public Checkpoint BestCheckpoint { get; }

    /// <summary>The lines of metrics.</summary>
    public MetricsLog Metrics { get; }

    /// <summary>The controllers' decisions on a fixed batch, a line a measurement.</summary>
    public MetricsLog Snapshots { get; }

    /// <summary>Whether there is the folder of a run.</summary>
    public static bool Exists(string path) => File.Exists(Path.Combine(path, RunFiles.Config));

    /// <summary>Opens the folder of a run.</summary>
    /// <exception cref="RunException">The folder is not that of a run.</exception>
    public static RunFolder Open(string path)
    {
        RequireName(path);
        if (!Exists(path))
            throw new RunException($"{path} is not a run folder: it has no {RunFiles.Config}. Give the folder of --out.");
        return new RunFolder(path);
    }

    /// <summary>The folder of a run that may still have to be made.</summary>
    internal static RunFolder At(string path)
    {
        RequireName(path);
        return new RunFolder(path);
    }

    /// <summary>Demands that a path is not empty.</summary>
    internal static void RequireName(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new RunException("The name of the run folder is empty; give a folder, such as runs/first.");
    }

    /// <summary>Whether a process trains in the folder. Asking does not disturb it.</summary>
    public bool IsTraining => FileLock.IsTaken(Path.Combine(FullPath, RunFiles.Lock));

    /// <summary>Whether the folder keeps what is done to inputs, so that the trained network needs no data of the training.</summary>
    public bool KeepsPreprocessing => File.Exists(Path.Combine(FullPath, RunFiles.Preprocessing));

    /// <summary>Keeps other processes from training in the folder until the result is disposed of.</summary>
    /// <exception cref="RunException">Another process trains in the folder, or the folder cannot be written to.</exception>
    public IDisposable Lock()
    {
        try
        {
            return FileLock.TryTake(Path.Combine(FullPath, RunFiles.Lock)) ?? throw new RunException(
                $"{FullPath}: another process trains in this run folder. Wait for it, or choose another --out.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotBeWritten(exception);
        }
    }

    /// <summary>Reads the options that the run was started with.</summary>
    /// <param name="experiments">The experiments that the run may be of.</param>
    /// <exception cref="RunException">The file is damaged, or names none of the experiments.</exception>
    public RunOptions ReadOptions(ExperimentCatalogue experiments)
    {
        ArgumentNullException.ThrowIfNull(experiments);
        string path = Path.Combine(FullPath, RunFiles.Config);
        var options = experiments.ReadOptions(Read(RunFiles.Config), path);
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

    /// <summary>Reads the name of the run's experiment; null if none is named.</summary>
    /// <exception cref="RunException">The file is damaged.</exception>
    internal string? ReadExperiment() => OptionsJson.ExperimentOf(Read(RunFiles.Config), Path.Combine(FullPath, RunFiles.Config));

    /// <summary>Reads the options of a run that must be of one of some kinds.</summary>
    /// <typeparam name="TOptions">The type that the options of all kinds have.</typeparam>
    /// <param name="kinds">The kinds.</param>
    /// <param name="problem">The sentences to tell if the run is of another kind.</param>
    /// <exception cref="RunException">The run is of another kind, or the file is damaged.</exception>
    internal TOptions ReadOptions<TOptions>(IEnumerable<ExperimentKind> kinds, string problem)
        where TOptions : RunOptions
    {
        var experiments = new ExperimentCatalogue(kinds);
        string? experiment = ReadExperiment();
        return experiments.Kinds.Any(kind => kind.Name == experiment)
            ? (TOptions)ReadOptions(experiments)
            : throw new RunException($"{FullPath}: {problem}");
    }

    /// <summary>Replaces the options, where a run goes on with more steps or other threads.</summary>
    public void WriteOptions(IDisk disk, RunOptions options) => Write(disk, RunFiles.Config, OptionsJson.Write(options));

    /// <summary>Reads <c>summary.json</c>.</summary>
    /// <returns>The results; null if the run has not come to its end yet.</returns>
    /// <exception cref="RunException">The file is damaged.</exception>
    public RunSummary? ReadSummary() => ReadResult<RunSummary>(RunFiles.Summary, "summary", EarlierNames.ReadSummary);

    /// <summary>Writes <c>summary.json</c>.</summary>
    public void WriteSummary(IDisk disk, RunSummary summary) => Write(disk, RunFiles.Summary, RecordJson.Write(summary, isIndented: true));

    /// <summary>Reads <c>inspection.json</c>: what each module does.</summary>
    /// <returns>Null if the modules were not looked at yet.</returns>
    /// <exception cref="RunException">The file is damaged.</exception>
    public NetworkInspection? ReadInspection() => ReadResult<NetworkInspection>(RunFiles.Inspection, "inspection", StrictJson.Parse);

    /// <summary>Writes <c>inspection.json</c>: what each module does.</summary>
    public void WriteInspection(IDisk disk, NetworkInspection inspection) => Write(disk, RunFiles.Inspection, RecordJson.Write(inspection));

    /// <summary>Reads why the training diverged; null if that is not told.</summary>
    internal string? ReadDivergence()
    {
        string path = Path.Combine(FullPath, RunFiles.Divergence);
        return File.Exists(path) ? Read(RunFiles.Divergence).Trim() : null;
    }

    /// <summary>Writes why the training diverged.</summary>
    internal void WriteDivergence(IDisk disk, string reason) => Write(disk, RunFiles.Divergence, reason);

    /// <summary>The error to throw when the folder could not be written to.</summary>
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

    /// <summary>Reads a file of the folder as text.</summary>
    /// <param name="name">The file's name.</param>
    /// <exception cref="RunException">It is missing, no regular file, too large, or elsewhere.</exception>
    internal string Read(string name)
    {
        string path = Path.Combine(FullPath, name);
        try
        {
            return RegularFile.ReadText(path, RunFiles.MostBytesOf(name), within: FullPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotBeRead(name, exception);
        }
    }

    /// <summary>The error to throw when a file of the folder is no regular one, too large, elsewhere, or cannot be read.</summary>
    internal RunException CannotBeRead(string name, Exception cause) => new($"{FullPath}: {name} cannot be read: {cause.Message} Give another run folder.", cause);

    private TRecord? ReadResult<TRecord>(string name, string title, Func<string, JsonElement> parse)
        where TRecord : class
    {
        string path = Path.Combine(FullPath, name);
        if (!File.Exists(path))
            return null;
        try
        {
            return RecordJson.Read<TRecord>(parse(Read(name)));
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new RunException(
                $"{path}: this is not a run's {title}: {exception.Message} Delete it, and go on with the run.", exception);
        }
    }

    private void Write(IDisk disk, string name, string text) => WholeFile.Write(disk, Path.Combine(FullPath, name), text + "\n");
}
