using System.Globalization;
using System.Text.Json;

namespace ModularNetworks.Reporting;

/// <summary>Writes JSON with at most six significant digits a number: more are not seen in a figure.</summary>
internal static class ShortNumbers
{
    private const string SixDigits = "G6";

    /// <summary>Writes a value.</summary>
    public static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var entry in value.EnumerateObject())
                {
                    writer.WritePropertyName(entry.Name);
                    Write(writer, entry.Value);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                WriteNumber(writer, value);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, JsonElement number)
    {
        // Whole numbers are counts, seeds and steps.
        if (number.TryGetInt64(out long whole))
            writer.WriteNumberValue(whole);
        else if (number.TryGetUInt64(out ulong large))
            writer.WriteNumberValue(large);
        else if (number.TryGetDouble(out double value) && double.IsFinite(value))
            writer.WriteRawValue(value.ToString(SixDigits, CultureInfo.InvariantCulture)); // Also 1E-05 is JSON.
        else
            writer.WriteNullValue();
    }
}
