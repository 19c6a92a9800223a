using System.Globalization;
using System.Text;
using System.Text.Json;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Board;

/// <summary>What the newest lines of a run's metrics tell: where it is, how fast it goes, and whether something is wrong with it.</summary>
/// <param name="Step">The step of the last line; 0 if there is none.</param>
/// <param name="StepsPerSecond">How fast the steps between these lines were; null if the lines do not tell.</param>
/// <param name="Alarm">What the reader should know at once; null if there is nothing.</param>
internal sealed record RunTail(long Step, double? StepsPerSecond, string? Alarm)
{
    private static readonly RunTail Nothing = new(0, null, null);

    // A line of metrics is shorter, also with a thousand modules.
    private const int TailBytes = 1 << 16;
    private const int MostLines = 8;

    // The log-likelihood of sound trainings goes down a little, too.
    private const double SoundFall = 2;

    /// <summary>Reads the end of a file of metrics, which need not be there.</summary>
    /// <exception cref="IOException">It is no file of a run's folder, or cannot be read.</exception>
    public static RunTail Read(string metrics)
    {
        if (!File.Exists(metrics))
            return Nothing;
        using var file = RegularFile.Open(metrics, RunFiles.MostBytesOf(metrics), within: Path.GetDirectoryName(metrics));
        file.Seek(-Math.Min(file.Length, TailBytes), SeekOrigin.End);
        byte[] tail = new byte[TailBytes];
        int read = file.ReadAtLeast(tail, tail.Length, throwOnEndOfStream: false);
        // What follows the last line's end is still being written.
        return Of(Encoding.UTF8.GetString(tail, 0, read).Split('\n').AsSpan()[..^1]);
    }

    /// <summary>What whole lines tell, of which the first may be cut off at its start.</summary>
    public static RunTail Of(ReadOnlySpan<string> lines)
    {
        var newest = new List<JsonElement>();
        foreach (string line in lines[Math.Max(0, lines.Length - MostLines)..])
        {
            if (StrictJson.TryParse(line) is { } parsed)
                newest.Add(parsed);
        }
        if (newest.Count == 0)
            return Nothing;
        return new RunTail((long)(Number(newest[^1], "step") ?? 0), Rate(newest[0], newest[^1]), Warning(newest) ?? Fall(newest));
    }

    private static double? Rate(JsonElement first, JsonElement last)
    {
        double? steps = Number(last, "step") - Number(first, "step");
        double? seconds = Number(last, "seconds") - Number(first, "seconds");
        return steps > 0 && seconds > 0 ? steps / seconds : null;
    }

    private static string? Warning(List<JsonElement> lines)
    {
        var line = lines.FindLast(one => Warnings(one).Any());
        return line.ValueKind == JsonValueKind.Undefined ? null : AtStep(line, Warnings(line).Last());
    }

    /// <summary>Tells of a log-likelihood that has fallen far below what it was a few lines ago.</summary>
    private static string? Fall(List<JsonElement> lines)
    {
        const string name = "logLikelihood";
        double[] values = [.. lines.Select(line => Entry(line, "train") is { } train ? Number(train, name) : null).OfType<double>()];
        if (values.Length < 2)
            return null;
        var (best, last) = (values.Max(), values[^1]);
        return last >= best - (SoundFall * (1 + Math.Abs(best)))
            ? null
            : AtStep(lines[^1], string.Create(CultureInfo.InvariantCulture, $"the training gets worse: its log-likelihood fell from {best:G4} to {last:G4}."));
    }

    private static IEnumerable<string> Warnings(JsonElement line) => Entry(line, "warnings") is { ValueKind: JsonValueKind.Array } warnings
        ? warnings.EnumerateArray().Where(warning => warning.ValueKind == JsonValueKind.String).Select(warning => warning.GetString()!)
        : [];

    private static string AtStep(JsonElement line, string text) =>
        string.Create(CultureInfo.InvariantCulture, $"step {Number(line, "step") ?? 0:N0}: {text.ReplaceLineEndings(" ")}");

    private static double? Number(JsonElement line, string name) =>
        Entry(line, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out double value) && double.IsFinite(value) ? value : null;

    private static JsonElement? Entry(JsonElement line, string name) =>
        line.ValueKind == JsonValueKind.Object && line.TryGetProperty(name, out var entry) ? entry : null;
}
