using System.Text.Json;
using ModularNetworks.Experiments;

namespace ModularNetworks.Browser.Tests;

/// <summary>Writes the files of a run's folder, and reads them back.</summary>
internal sealed class RunWriter
{
    /// <summary>Makes the folder with its configuration.</summary>
    public RunWriter(string path, RunOptions options)
    {
        Folder = NewRunFolder.Create(new Disk(), path, options);
        // So that the board reads lines that are added later.
        Append(RunFiles.Metrics);
    }

    public RunFolder Folder { get; }

    public void Metrics(params IEnumerable<object> lines) => Append(RunFiles.Metrics, lines);

    public void Snapshots(params IEnumerable<object> lines) => Append(RunFiles.Snapshots, lines);

    public void Inspection(object inspection) => Write(RunFiles.Inspection, inspection);

    public void Summary(object summary) => Write(RunFiles.Summary, summary);

    private void Write(string file, object content) =>
        File.WriteAllText(Path.Join(Folder.FullPath, file), JsonSerializer.Serialize(content));

    private void Append(string file, params IEnumerable<object> lines) => File.AppendAllText(
        Path.Join(Folder.FullPath, file), string.Concat(lines.Select(line => JsonSerializer.Serialize(line) + "\n")));
}
