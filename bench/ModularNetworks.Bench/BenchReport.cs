using System.Text.Json;
using System.Text.Json.Serialization;
using ModularNetworks.Experiments;

namespace ModularNetworks.Bench;

/// <summary>Everything that is printed or written about one comparison.</summary>
/// <param name="Date">The day.</param>
/// <param name="Machine">What it ran on.</param>
/// <param name="Threads">How many threads each side used.</param>
/// <param name="Rounds">How often each case was timed.</param>
/// <param name="Own">This library and its versions.</param>
/// <param name="Peer">The other one and its versions; null without a peer.</param>
/// <param name="Result">What was measured.</param>
internal sealed record BenchReport(
    DateOnly Date, Machine Machine, int Threads, int Rounds, string Own, string? Peer, ComparisonResult Result)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The report for programs.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format) + "\n";
}
