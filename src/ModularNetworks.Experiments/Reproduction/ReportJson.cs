using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>Tables and figures for programs.</summary>
internal static class ReportJson
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // So that a command stays readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>All of a report, indented.</summary>
    public static string Of<TReport>(TReport report) => JsonSerializer.Serialize(report, Format) + "\n";
}
