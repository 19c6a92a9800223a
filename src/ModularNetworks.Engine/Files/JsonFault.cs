using System.Text.Json;

namespace ModularNetworks.Engine;

/// <summary>Says what is wrong with a text that is not the JSON that it must be.</summary>
public static class JsonFault
{
    /// <summary>The place of the damage if it is known, and what is expected there: a sentence for messages.</summary>
    /// <param name="found">What a reader of JSON has thrown; a <see cref="FormatException"/> has a sentence of its own.</param>
    public static string Of(Exception found)
    {
        ArgumentNullException.ThrowIfNull(found);
        return found switch
        {
            FormatException => found.Message,
            JsonException { LineNumber: { } line } =>
                $"line {line + 1} is not valid JSON; {{ \"name\": value, ... }} is expected, whole, and with a comma after each entry but the last.",
            _ => "an entry stands twice, or is of another kind than it must be.",
        };
    }
}
