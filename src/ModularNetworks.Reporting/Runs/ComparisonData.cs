using System.Text;
using System.Text.Json;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Reporting;

/// <summary>The results of a comparison that the page shows, read from its folder; nothing is written there.</summary>
public sealed class ComparisonData
{
    // A report has some kilobytes.
    private const long MostBytes = 1 << 22;

    private readonly JsonElement _report;

    private ComparisonData(string name, JsonElement report) => (Name, _report) = (name, report);

    /// <summary>The comparison's name in figures.</summary>
    public string Name { get; }

    /// <summary>Whether a folder is that of a comparison that has results.</summary>
    public static bool Exists(string folder) => File.Exists(PathIn(folder));

    /// <summary>Reads the folder of a comparison.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The comparison's name in figures.</param>
    /// <exception cref="RunException">The results cannot be read, or are damaged.</exception>
    public static ComparisonData Read(string folder, string name)
    {
        string path = PathIn(folder);
        try
        {
            byte[] text = Encoding.UTF8.GetBytes(RegularFile.ReadText(path, MostBytes, within: folder));
            return ThinnedLines.Parse(text) is { } report
                ? new ComparisonData(name, report)
                : throw new RunException($"{path}: these are not the results of a comparison: it is no JSON object. Write them again with the same 'modnet compare'.");
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
        writer.WritePropertyName("report");
        ShortNumbers.Write(writer, _report);
        writer.WriteEndObject();
    }

    private static string PathIn(string folder) => Path.Combine(folder, ComparisonReport.JsonFile);
}
