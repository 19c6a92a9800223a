using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ModularNetworks.Cli.Tests.Golden;

/// <summary>The SHA-256 of what a training leaves, but for its times.</summary>
/// <param name="Parameters">Of the last checkpoint's parameters.</param>
/// <param name="Metrics">Of the lines of metrics.</param>
/// <param name="Inspection">Of the snapshots and of what the modules do; null where nothing is selected.</param>
internal sealed record RunHashes(string Parameters, string Metrics, string? Inspection)
{
    // Measures that runs did not write when the hashes were recorded; tests of their own check them. "seconds" differs each time.
    private static readonly string[] NotRecorded =
        ["seconds", "collapseAverage", "collapseWorst", "visits", "eStepVisits", "leakage", "rules"];

    /// <summary>Of a finished run's folder.</summary>
    public static RunHashes Of(string run)
    {
        string last = Directory.EnumerateDirectories(Path.Join(run, "checkpoint")).Max(StringComparer.Ordinal)!;
        return new RunHashes(
            Of(File.ReadAllBytes(Path.Join(last, "parameters.safetensors"))),
            OfText(File.ReadLines(Path.Join(run, "metrics.jsonl")).Select(Recorded)),
            OfFiles(Path.Join(run, "snapshots.jsonl"), Path.Join(run, "inspection.json")));
    }

    /// <summary>Of bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Of lines of text.</summary>
    public static string OfText(IEnumerable<string> lines) => Of(Encoding.UTF8.GetBytes(string.Join('\n', lines)));

    private static string? OfFiles(params string[] files)
    {
        string[] there = [.. files.Where(File.Exists)];
        return there.Length > 0 ? OfText(there.SelectMany(File.ReadLines).Select(Recorded)) : null;
    }

    private static string Recorded(string line)
    {
        // The name that the measure had when the hashes were recorded.
        var written = JsonNode.Parse(line.Replace("\"timePooledBatch", "\"pooledBatch", StringComparison.Ordinal))!.AsObject();
        Remove(written);
        return written.ToJsonString();
    }

    private static void Remove(JsonNode? node)
    {
        if (node is JsonObject entries)
        {
            foreach (string name in NotRecorded)
                entries.Remove(name);
        }
        var parts = node switch
        {
            JsonObject all => all.Select(entry => entry.Value),
            JsonArray items => items,
            _ => [],
        };
        foreach (var part in parts)
            Remove(part);
    }
}
