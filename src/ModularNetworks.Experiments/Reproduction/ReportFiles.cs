using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ModularNetworks.Experiments;

/// <summary>Writes the files of tables and figures.</summary>
internal static class ReportFiles
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // So that a command stays readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new CamelCaseNames<ImageController>() },
        TypeInfoResolver = KnownTypes.And(new CompiledTypes()),
    };

    /// <summary>Writes a report for programs and for readers, each file as a whole.</summary>
    /// <param name="disk">Writes the files.</param>
    /// <param name="json">The path of the file for programs.</param>
    /// <param name="report">The report.</param>
    /// <param name="markdown">The path of the file for readers.</param>
    /// <param name="text">The text for readers.</param>
    public static void Write<TReport>(IDisk disk, string json, TReport report, string markdown, string text)
    {
        WholeFile.Write(disk, json, JsonSerializer.Serialize(report, (JsonTypeInfo<TReport>)Format.GetTypeInfo(typeof(TReport))) + "\n");
        WholeFile.Write(disk, markdown, text);
    }
}
