using System.Text;
using System.Text.Json;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Reporting;

/// <summary>
/// The data of a run that figures show: options, results, metrics and snapshots, thinned so that a run of any length makes a
/// page of moderate size. The data are read from the run's folder; nothing is written there.
/// </summary>
public sealed class RunData
{
    private static readonly string[] Pictures = ["thumbnails", "datapoints"];

    private readonly List<string> _warnings = [];
    private readonly JsonElement _config;
    private readonly JsonElement? _summary;
    private readonly JsonElement? _inspection;
    private readonly MetricsLines _metrics;
    private readonly List<JsonElement> _snapshots;

    private RunData(RunFolder folder, string name, RunDetail detail)
    {
        Name = name;
        string path = Path.Combine(folder.FullPath, RunFiles.Config);
        _config = Read(path)
            ?? throw new RunException($"{path}: this is not a run's configuration: it is no JSON object. Give another run folder.");
        _summary = ReadObjectOrWarn(folder, RunFiles.Summary);
        _inspection = ReadObjectOrWarn(folder, RunFiles.Inspection);
        // Before the lines are read: a run that ends meanwhile may have been writing one.
        bool wasTraining = folder.IsTraining;
        _metrics = ReadOrWarn(folder, RunFiles.Metrics, MetricsLines.None, file => ThinnedLines.Metrics(file, detail.Lines));
        if (_metrics.Warning(wasTraining) is { } warning)
            _warnings.Add(warning);
        _snapshots = ReadOrWarn(folder, RunFiles.Snapshots, [], file => ThinnedLines.All(file, detail.Snapshots));
        if (_summary is not null && _metrics.Total == 0)
            _warnings.Add($"{RunFiles.Metrics} has no lines, though the run has finished.");
        State = folder.IsTraining ? RunState.Training : _summary is null ? RunState.Stopped : RunState.Finished;
    }

    /// <summary>The run's name in figures.</summary>
    public string Name { get; }

    /// <summary>Whether the run has finished, is training, or was stopped.</summary>
    public RunState State { get; }

    /// <summary>The parts of the folder that are damaged or missing, and left out.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Reads a run's folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The run's name in figures.</param>
    /// <param name="detail">The bounds on what is read.</param>
    /// <exception cref="RunException">It is no run folder, its configuration is damaged, or its files cannot be read.</exception>
    public static RunData Read(string folder, string name, RunDetail detail)
    {
        try
        {
            return new RunData(RunFolder.Open(folder), name, detail);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"{folder}: the run cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the run as one JSON object, as the page takes it.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="withPictures">Whether the pictures of typical images are written too.</param>
    public void WriteTo(Utf8JsonWriter writer, bool withPictures = true)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("name", Name);
        writer.WriteString("state", State.Word());
        Write(writer, "config", _config);
        Write(writer, "summary", _summary);
        Write(writer, "metrics", _metrics.Lines);
        writer.WriteNumber("metricsTotal", _metrics.Total);
        Write(writer, "snapshots", _snapshots);
        writer.WritePropertyName("inspection");
        WriteInspection(writer, withPictures);
        writer.WriteStartArray("warnings");
        foreach (string warning in _warnings)
            writer.WriteStringValue(warning);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteInspection(Utf8JsonWriter writer, bool withPictures)
    {
        if (_inspection is not { } inspection)
        {
            writer.WriteNullValue();
            return;
        }
        writer.WriteStartObject();
        foreach (var entry in inspection.EnumerateObject().Where(entry => withPictures || !Pictures.Contains(entry.Name)))
            Write(writer, entry.Name, entry.Value);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, JsonElement? value)
    {
        writer.WritePropertyName(name);
        if (value is { } written)
            ShortNumbers.Write(writer, written);
        else
            writer.WriteNullValue();
    }

    private static void Write(Utf8JsonWriter writer, string name, List<JsonElement> lines)
    {
        writer.WriteStartArray(name);
        foreach (var line in lines)
            ShortNumbers.Write(writer, line);
        writer.WriteEndArray();
    }

    private JsonElement? ReadObjectOrWarn(RunFolder folder, string name) => ReadOrWarn<JsonElement?>(folder, name, null, path =>
    {
        var read = Read(path);
        if (read is null)
            _warnings.Add($"{name} is damaged, and left out.");
        return read;
    });

    /// <summary>Reads a file of the run.</summary>
    /// <returns>Nothing if there is none, or it cannot be read.</returns>
    private T ReadOrWarn<T>(RunFolder folder, string name, T nothing, Func<string, T> read)
    {
        string path = Path.Combine(folder.FullPath, name);
        try
        {
            return File.Exists(path) ? read(path) : nothing;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _warnings.Add($"{name} is left out: {exception.Message}");
            return nothing;
        }
    }

    /// <summary>Reads a file with one JSON object.</summary>
    /// <returns>Null if it holds something else.</returns>
    private static JsonElement? Read(string path) => ThinnedLines.Parse(Encoding.UTF8.GetBytes(
        RegularFile.ReadText(path, RunFiles.MostBytesOf(path), within: Path.GetDirectoryName(path))));
}
