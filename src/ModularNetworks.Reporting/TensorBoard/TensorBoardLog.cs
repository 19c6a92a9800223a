using System.Text.Json;
using ModularNetworks.Experiments;

namespace ModularNetworks.Reporting;

/// <summary>
/// Writes what a run logs to a file that TensorBoard shows, <c>tensorboard/events.out.tfevents.SECONDS.modnet</c> in the run's
/// folder: the numbers of a line of metrics as scalars, every layer's usage as a histogram, and what its controller does on
/// the fixed batch as a picture.
/// </summary>
public sealed class TensorBoardLog : IRunObserver
{
    /// <summary>The name of the folder in the run's folder.</summary>
    public const string FolderName = "tensorboard";

    private readonly EventFileWriter _file;

    /// <summary>Makes a new file.</summary>
    /// <param name="disk">Writes it.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="step">The step that training goes on from; null for a new run.</param>
    /// <param name="time">Says when a line was logged.</param>
    /// <exception cref="RunException">The file cannot be made.</exception>
    public TensorBoardLog(IDisk disk, RunFolder folder, long? step, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(disk);
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(time);
        string path = Path.Combine(folder.FullPath, FolderName);
        try
        {
            _file = new EventFileWriter(disk, path, time);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunException(
                $"--tensorboard: {path}: no file can be made in it: {exception.Message} Make the folder writable, or leave "
                + "--tensorboard out.",
                exception);
        }
        // The steps that follow are taken again: what an earlier file has of them would be there twice.
        if (step is { } taken)
            _file.WriteStart(taken + 1);
    }

    /// <inheritdoc/>
    public void Progress(long step, long total)
    {
    }

    /// <inheritdoc/>
    public void Logged(MetricsLine line) => Write(RecordJson.Write(line));

    /// <summary>Writes a line of metrics, which may have numbers that only other programs know.</summary>
    internal void Write(string line)
    {
        using var document = JsonDocument.Parse(line);
        _file.Write(Step(document), RunSummaries.OfMetrics(document.RootElement));
    }

    /// <inheritdoc/>
    public void Snapshot(NetworkSnapshot snapshot) => WriteSnapshot(RecordJson.Write(snapshot));

    /// <summary>Writes a snapshot, which may have entries that only other programs know.</summary>
    internal void WriteSnapshot(string snapshot)
    {
        using var document = JsonDocument.Parse(snapshot);
        _file.Write(Step(document), RunSummaries.OfSnapshot(document.RootElement));
    }

    private static long Step(JsonDocument document) => document.RootElement.GetProperty("step").GetInt64();
}
