using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace ModularNetworks.Cli.Tests.Golden;

/// <summary>
/// <c>hashes.json</c>: what trainings left when they were recorded, by row and instruction set. Sums are grouped by the
/// vectors' width, so that each has bits of its own; functions of the system's library can differ between platforms.
/// </summary>
internal static class GoldenHashes
{
    /// <summary>Set this variable to 1 to record what trainings leave instead of comparing.</summary>
    public const string RewriteVariable = "MODNET_REWRITE_GOLDEN";

    private const string Platform = "linux-x64";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Compares a row with what was recorded; skips it where nothing was.</summary>
    public static void Check(string row, string instructionSet, RunHashes actual)
    {
        if (RuntimeInformation.RuntimeIdentifier != Platform)
            Assert.Skip($"The hashes were recorded on {Platform}; this is {RuntimeInformation.RuntimeIdentifier}.");
        if (!Vector128.IsHardwareAccelerated)
            Assert.Skip("The hashes were recorded with vectors of the hardware; the runtime's own round otherwise.");
        if (Environment.GetEnvironmentVariable(RewriteVariable) == "1")
            Record(row, instructionSet, actual);
        if (Find(row, instructionSet) is not { } expected)
            Assert.Skip($"Nothing is recorded for '{row}' with {instructionSet}; set {RewriteVariable}=1 to record it.");
        else
            Assert.Equal(expected, actual);
    }

    /// <summary>The record of a row; null if there is none.</summary>
    public static RunHashes? Find(string row, string instructionSet) =>
        Read().GetValueOrDefault(row)?.GetValueOrDefault(instructionSet);

    private static void Record(string row, string instructionSet, RunHashes hashes)
    {
        var all = Read();
        all.TryAdd(row, []);
        all[row][instructionSet] = hashes;
        File.WriteAllText(HashFile(), JsonSerializer.Serialize(all, Format) + "\n");
    }

    private static SortedDictionary<string, SortedDictionary<string, RunHashes>> Read() => File.Exists(HashFile())
        ? JsonSerializer.Deserialize<SortedDictionary<string, SortedDictionary<string, RunHashes>>>(File.ReadAllText(HashFile()), Format)!
        : new(StringComparer.Ordinal);

    private static string HashFile([CallerFilePath] string caller = "") => Path.Join(Path.GetDirectoryName(caller), "hashes.json");
}
