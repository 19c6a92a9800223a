using System.Text;
using System.Text.Json;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Reporting;

/// <summary>
/// The results of a comparison of methods that the page shows, read from its folder: of <c>modnet compare</c>, or of the benchmark suite. Nothing is
/// written there.
/// </summary>
public sealed class ComparisonData
{
    // A report has some kilobytes; that of a suite some hundreds.
    private const long MostBytes = 1 << 22;

    private readonly JsonElement _report;
    private readonly bool _isSuite;

    private ComparisonData(string name, JsonElement report, bool isSuite) => (Name, _report, _isSuite) = (name, report, isSuite);

    /// <summary>The comparison's name in figures.</summary>
    public string Name { get; }

    /// <summary>Whether a folder is that of a comparison or a suite that has results.</summary>
    public static bool Exists(string folder) => FileIn(folder) is not null;

    /// <summary>Reads the folder of a comparison or a suite.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The comparison's name in figures.</param>
    /// <exception cref="RunException">The results cannot be read, or are damaged.</exception>
    public static ComparisonData Read(string folder, string name)
    {
        string file = FileIn(folder) ?? ComparisonReport.JsonFile;
        bool isSuite = file == SuiteReport.JsonFile;
        string path = Path.Combine(folder, file);
        try
        {
            byte[] text = Encoding.UTF8.GetBytes(RegularFile.ReadText(path, MostBytes, within: folder));
            return ThinnedLines.Parse(text) is { } report
                ? new ComparisonData(name, report, isSuite)
                : throw new RunException(
                    $"{path}: these are not the results of a {(isSuite ? "suite" : "comparison")}: it is no JSON object. "
                    + $"Write them again with the same 'modnet {(isSuite ? "reproduce suite" : "compare")}'.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"{folder}: the comparison cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the comparison as one JSON object, as the page takes it.</summary>
    /// <param name="writer">Receives it.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("name", Name);
        writer.WriteString("kind", _isSuite ? "suite" : "compare");
        writer.WritePropertyName("report");
        ShortNumbers.Write(writer, _report);
        if (_isSuite)
            WriteNames(writer);
        writer.WriteEndObject();
    }

    /// <summary>Writes what the names of the suite's tasks and methods mean.</summary>
    private static void WriteNames(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("names");
        foreach (var task in SuiteTasks.All)
            writer.WriteString(task.Name, task.Description);
        foreach (var method in SuiteMethods.All)
            writer.WriteString(method.Name, method.Description);
        writer.WriteEndObject();
    }

    /// <summary>The name of the file with the results in a folder; null if there is none.</summary>
    private static string? FileIn(string folder) =>
        new[] { ComparisonReport.JsonFile, SuiteReport.JsonFile }.FirstOrDefault(file => File.Exists(Path.Combine(folder, file)));
}
