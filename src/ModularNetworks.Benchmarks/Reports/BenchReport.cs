using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Benchmarks;

/// <summary>The report of one benchmark: all that it measured.</summary>
/// <param name="Date">The day.</param>
/// <param name="Machine">The machine that the benchmark ran on.</param>
/// <param name="Threads">The number of threads that each side used.</param>
/// <param name="Rounds">The number of times that each case was timed.</param>
/// <param name="Own">The name and the versions of this library.</param>
/// <param name="Peer">The name and the versions of the peer; null without a peer.</param>
/// <param name="Peaks">The peaks that the machine reached with one thread and with all.</param>
/// <param name="Cases">The times of the cases.</param>
/// <param name="OwnResidentBytes">The resident memory of this process at the end, with the models of all cases.</param>
/// <param name="PeerResidentBytes">The same of the peer's process; null without a peer.</param>
/// <param name="ForeignCores">The number of cores that other programs kept busy meanwhile; null where it cannot be known.</param>
public sealed record BenchReport(
    DateOnly Date,
    Machine Machine,
    int Threads,
    int Rounds,
    string Own,
    string? Peer,
    IReadOnlyList<PeakReport> Peaks,
    IReadOnlyList<CaseReport> Cases,
    long OwnResidentBytes,
    long? PeerResidentBytes,
    double? ForeignCores)
{
    // One has a few kilobytes.
    private const long MostBytes = 1 << 24;

    private static readonly BenchReportTypes Format = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = false,
        Converters = { new JsonStringEnumConverter<BenchTopic>(JsonNamingPolicy.CamelCase) },
    });

    /// <summary>The name of the peer's library; null without a peer.</summary>
    [JsonIgnore]
    public string? PeerName => Peer?.Split(' ')[0];

    /// <summary>The report for programs.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format.BenchReport) + "\n";

    /// <summary>Reads a report that was written as JSON.</summary>
    /// <param name="file">The file's path.</param>
    /// <exception cref="BenchException">The file cannot be read, or is no report.</exception>
    public static BenchReport Read(string file)
    {
        try
        {
            var report = JsonSerializer.Deserialize(RegularFile.ReadText(file, MostBytes), Format.BenchReport);
            if (report is { Cases.Count: > 0, Machine: not null, Own: not null, Peaks: not null } && IsWhole(report))
                return report;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new BenchException($"bench: {file} cannot be read ({problem.Message}). Give what 'bench --json' wrote.", problem);
        }
        throw new BenchException($"bench: {file} holds no benchmark's report. Give what 'bench --json' wrote.");
    }

    private static bool IsWhole(BenchReport report) =>
        report.Cases.All(row => row is { Name: not null, Own: not null }
            && AreTimes(row.Own, row.Peer, row.TimesPeer, row.Floor, row.TimesFloor, row.TimesBeside))
        && report.Peaks.All(peaks => peaks is { GigaOperations: not null, GigaExponentials: not null, Gigabytes: not null }
            && AreTimes(peaks.GigaOperations, peaks.GigaExponentials, peaks.Gigabytes));

    private static bool AreTimes(params IEnumerable<Spread?> spreads) => spreads.All(spread => spread is null
        || ((double[])[spread.Median, spread.Min, spread.Max]).All(number => number >= 0 && double.IsFinite(number)));
}

/// <summary>The peaks that the machine reached.</summary>
/// <param name="Threads">The number of threads.</param>
/// <param name="GigaOperations">Multiplications and additions in 1e9 a second.</param>
/// <param name="GigaExponentials">Exponentials in 1e9 a second.</param>
/// <param name="Gigabytes">Bytes of memory, read and written, in 1e9 a second.</param>
public sealed record PeakReport(int Threads, Spread GigaOperations, Spread GigaExponentials, Spread Gigabytes)
{
    private const double Giga = 1e9;

    /// <summary>The spread of several measurements.</summary>
    internal static PeakReport Of(int threads, IReadOnlyList<MachinePeaks> measured) => new(
        threads,
        Spread.Of([.. measured.Select(peaks => peaks.OperationsPerSecond / Giga)])!,
        Spread.Of([.. measured.Select(peaks => peaks.ExponentialsPerSecond / Giga)])!,
        Spread.Of([.. measured.Select(peaks => peaks.BytesPerSecond / Giga)])!);
}

/// <summary>The times of one case, in milliseconds.</summary>
/// <param name="Topic">The topic of the case.</param>
/// <param name="Name">The name of the case.</param>
/// <param name="Own">The times of this library.</param>
/// <param name="Peer">The times of the peer; null if it was not timed.</param>
/// <param name="TimesPeer">Peer over own within a round: how many times as fast this library is.</param>
/// <param name="Floor">The times of the machine at its peaks; null if no work is counted.</param>
/// <param name="TimesFloor">Own over floor within a round.</param>
/// <param name="Beside">The name of the case that this one is compared with; null if there is none.</param>
/// <param name="TimesBeside">Own over the time of that case within a round.</param>
/// <param name="PeerFailure">What the peer failed by at this case; null if it did not fail.</param>
public sealed record CaseReport(
    BenchTopic Topic,
    string Name,
    Spread Own,
    Spread? Peer,
    Spread? TimesPeer,
    Spread? Floor,
    Spread? TimesFloor,
    string? Beside,
    Spread? TimesBeside,
    string? PeerFailure = null);

/// <summary>The report, whose JSON the compiler writes code for.</summary>
[JsonSerializable(typeof(BenchReport))]
internal sealed partial class BenchReportTypes : JsonSerializerContext;
