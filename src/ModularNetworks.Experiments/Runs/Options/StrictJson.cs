using System.Text.Json;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>
/// Reads JSON objects that programs wrote. A name that stands twice, or an escape that is no character, is damage, which is found here
/// and not when somebody looks for an entry.
/// </summary>
public static class StrictJson
{
    private static readonly JsonDocumentOptions OnceEach = new() { AllowDuplicateProperties = false };

    /// <summary>Reads an object that stands in a line of a file, where damage is passed over.</summary>
    /// <returns>Null if the line is damaged.</returns>
    public static JsonElement? TryParse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        // Most damage is seen without an exception, of which a large file could bring millions.
        if (!line.StartsWith('{'))
            return null;
        try
        {
            return Parse(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads an object.</summary>
    /// <exception cref="JsonException">The text is not one sound JSON object.</exception>
    public static JsonElement Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            var read = Read(text);
            if (read.ValueKind != JsonValueKind.Object)
                throw new JsonException("It is no JSON object.");
            // What can be written is text throughout; only an escape such as \uD800 alone cannot.
            if (text.Contains("\\u", StringComparison.Ordinal))
                Write(read);
            return read;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw new JsonException("It has a text that is none.", exception);
        }
    }

    private static JsonElement Read(string text)
    {
        try
        {
            return JsonElement.Parse(text, OnceEach);
        }
        catch (JsonException exception)
        {
            throw new JsonException(JsonFault.Of(exception), exception);
        }
    }

    private static void Write(JsonElement read)
    {
        using var writer = new Utf8JsonWriter(Stream.Null);
        read.WriteTo(writer);
    }
}
