using System.Buffers;
using System.Text.Json;
using ModularNetworks.Experiments;
using ModularNetworks.Reporting;

namespace ModularNetworks.Board;

/// <summary>
/// A cache of the runs as pages see them: files that have not changed are not read again. Runs are read one at a time, so that
/// many pages that ask at once take no more memory than one.
/// </summary>
internal sealed class RunCache
{
    private static readonly string[] Files =
    [
        RunFiles.Config, RunFiles.Metrics, RunFiles.Snapshots, RunFiles.Summary, RunFiles.Inspection,
    ];

    // Some dozen runs with all pictures.
    private const long MostBytes = 1 << 28;

    private readonly Lock _reading = new();
    private readonly Dictionary<string, (string Stamp, byte[] Json)> _runs = [];

    /// <summary>A run as JSON.</summary>
    /// <exception cref="RunException">The run cannot be read.</exception>
    public byte[] Read(FoundRun run)
    {
        lock (_reading)
            return ReadAlone(run);
    }

    private byte[] ReadAlone(FoundRun run)
    {
        string stamp = StampOf(run.Path);
        if (_runs.TryGetValue(run.Name, out var kept) && kept.Stamp == stamp)
            return kept.Json;
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
            RunData.Read(run.Path, run.Name, RunDetail.Full).WriteTo(writer);
        byte[] written = json.WrittenSpan.ToArray();
        if (_runs.Values.Sum(other => (long)other.Json.Length) + written.Length > MostBytes)
            _runs.Clear();
        _runs[run.Name] = (stamp, written);
        return written;
    }

    /// <summary>The sizes and times of a run's files: another text when a file has changed.</summary>
    private static string StampOf(string path) => string.Join(
        ' ',
        Files.Select(name => new FileInfo(Path.Combine(path, name)))
            .Select(file => file.Exists ? $"{file.Length}:{file.LastWriteTimeUtc.Ticks}" : "-")
            .Append($"{RunFolder.Open(path).IsTraining}"));
}
