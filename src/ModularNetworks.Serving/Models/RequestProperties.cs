using System.Text.Json;
using ModularNetworks.Engine;

namespace ModularNetworks.Serving;

/// <summary>Reads the properties of a request, and says what is wrong with one.</summary>
internal static class RequestProperties
{
    // Messages quote what was sent.
    private const int MostQuoted = 60;

    /// <summary>Demands that a request is an object which has no other properties than some.</summary>
    /// <exception cref="RequestException">It is not.</exception>
    public static void RequireOnly(this JsonElement request, params ReadOnlySpan<string> known)
    {
        if (request.ValueKind != JsonValueKind.Object)
            throw RequestException.Bad($"the body is {NameOf(request.ValueKind)}; an object with {string.Join(", ", known)} is expected.");
        foreach (var property in request.EnumerateObject())
        {
            string name = NameOf(property);
            if (!known.Contains(name))
                throw RequestException.Bad($"'{Quoted(name)}' is no property of the request; it has {string.Join(", ", known)}.");
        }
    }

    /// <summary>The items that a request asks about.</summary>
    /// <exception cref="RequestException">They are missing, none, or too many.</exception>
    public static JsonElement Items(this JsonElement request, string name, int most)
    {
        if (!request.TryGetProperty(name, out var items) || items.ValueKind != JsonValueKind.Array)
            throw RequestException.Bad($"'{name}' is not a list; a list of 1 to {most} {name} is expected.");
        int count = items.GetArrayLength();
        return count >= 1 && count <= most ? items : throw RequestException.Bad($"'{name}' has {Counted.Of(count, "entry", "entries")}; 1 to {most} are expected.");
    }

    /// <summary>A whole number in a range.</summary>
    /// <exception cref="RequestException">It is something else.</exception>
    public static int Integer(this JsonElement request, string name, int byDefault, int most)
    {
        if (!request.TryGetProperty(name, out var value))
            return byDefault;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= 1 && number <= most
            ? number
            : throw RequestException.Bad($"'{name}' is {Quoted(value.GetRawText())}; a whole number from 1 to {most} is expected.");
    }

    /// <summary>A text.</summary>
    /// <param name="value">The value.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <param name="most">The most letters.</param>
    /// <exception cref="RequestException">It is something else, too long, or no Unicode text.</exception>
    public static string Text(this JsonElement value, string place, int most)
    {
        if (value.ValueKind != JsonValueKind.String)
            throw RequestException.Bad($"{place} is {NameOf(value.ValueKind)}; a text is expected.");
        string text = Decoded(value.GetString, place);
        return text.Length <= most ? text : throw RequestException.Bad($"{place} has {Counted.Of(text.Length, "letter")}; at most {most} are expected.");
    }

    /// <summary>The name of a property.</summary>
    /// <exception cref="RequestException">It is no Unicode text.</exception>
    public static string NameOf(JsonProperty property) => Decoded(() => property.Name, "a property's name");

    /// <summary>What a value is, in words.</summary>
    public static string NameOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    /// <summary>The beginning of what was sent, without letters that a terminal obeys.</summary>
    public static string Quoted(string text) =>
        string.Concat((text.Length <= MostQuoted ? text : text[..MostQuoted] + "...").Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter));

    private static string Decoded(Func<string?> read, string place)
    {
        try
        {
            return read() ?? "";
        }
        catch (InvalidOperationException)
        {
            throw RequestException.Bad($"{place} is no Unicode text: half of a character of two parts stands alone.");
        }
    }
}
