using System.Text;
using System.Text.Json;

namespace ModularNetworks.Experiments;

/// <summary>Lines of metrics, a JSON object each, in the order of their <c>step</c>.</summary>
/// <param name="path">The file.</param>
public sealed class MetricsLog(string path)
{
    // Counted once, and kept up to date: every checkpoint asks.
    private long? _count;
    private FileChecksum? _checksum;

    /// <summary>The number of whole lines.</summary>
    public long Count => _count ??= CountUpTo(long.MaxValue);

    /// <summary>All that was written; null if there is no file.</summary>
    internal FilePart? Written =>
        File.Exists(path) ? (_checksum ??= FileChecksum.Of(path, long.MaxValue, Path.GetDirectoryName(path)!)).Part : null;

    /// <summary>The number of whole lines up to a step.</summary>
    public long CountUpTo(long step) => File.Exists(path) ? BoundedLines.Read(path).LongCount(line => StepOf(line) <= step) : 0;

    /// <summary>Waits until all lines are on the disk, so that a checkpoint which counts on them never outlives them.</summary>
    public void Flush(IDisk disk)
    {
        ArgumentNullException.ThrowIfNull(disk);
        if (File.Exists(path))
            disk.Flush(path);
    }

    /// <summary>Adds a line.</summary>
    public void Append(IDisk disk, string line)
    {
        ArgumentNullException.ThrowIfNull(disk);
        ArgumentNullException.ThrowIfNull(line);
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
        disk.Append(path, bytes);
        _count++;
        _checksum?.Add(bytes);
    }

    /// <summary>
    /// Drops what was written after a checkpoint, and a last line that was cut off, so that going on from the checkpoint
    /// writes them again.
    /// </summary>
    /// <param name="disk">Writes the file anew.</param>
    /// <param name="step">The checkpoint's step.</param>
    public void DropAfter(IDisk disk, long step)
    {
        if (!File.Exists(path))
            return;
        (_count, _checksum) = (null, null);
        var kept = BoundedLines.Read(path).Where(line => StepOf(line) <= step).ToArray();
        WholeFile.Write(disk, path, string.Concat(kept.Select(line => line + "\n")));
    }

    /// <summary>Reads all lines. A last line that was cut off is left out.</summary>
    public IEnumerable<JsonElement> Read() => File.Exists(path)
        ? BoundedLines.Read(path).Select(StrictJson.TryParse).OfType<JsonElement>()
        : [];

    private static long? StepOf(string line) => StrictJson.TryParse(line) is { } read && read.TryGetProperty("step", out var step)
        && step.ValueKind == JsonValueKind.Number && step.TryGetInt64(out long number) ? number : null;
}
