using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>The values of options as JSON: numbers, texts, true or false, and names.</summary>
internal static class OptionValue
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { TypeInfoResolver = KnownTypes.And(OptionTypes.Default) };

    /// <summary>Writes a value.</summary>
    public static JsonElement Write(object? value) => value switch
    {
        null => JsonElement.Parse("null"),
        Enum name => Text(JsonNamingPolicy.CamelCase.ConvertName(name.ToString())),
        _ => JsonSerializer.SerializeToElement(value, Format.GetTypeInfo(value.GetType())),
    };

    /// <summary>Writes a text.</summary>
    public static JsonElement Text(string value) => JsonSerializer.SerializeToElement(value, OptionTypes.Default.String);

    /// <summary>Reads a value.</summary>
    /// <param name="written">What stands in the file.</param>
    /// <param name="type">The option's type.</param>
    /// <exception cref="JsonException">What stands there is of another kind, or out of range.</exception>
    public static object? Read(JsonElement written, Type type) =>
        type.IsEnum ? ReadName(written, type) : written.Deserialize(Format.GetTypeInfo(type));

    private static object ReadName(JsonElement written, Type type)
    {
        string? name = written.ValueKind == JsonValueKind.String ? written.GetString() : null;
        return Enum.GetNames(type).FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found
            ? Enum.Parse(type, found)
            : throw new JsonException($"{written.GetRawText()} is none of {Names(type)}.");
    }

    /// <summary>The names that a value can have, for messages.</summary>
    public static string Names(Type type) => string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName));
}

/// <summary>The types of options whose JSON the compiler writes code for.</summary>
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(ulong))]
[JsonSerializable(typeof(float))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(long?))]
[JsonSerializable(typeof(double?))]
internal sealed partial class OptionTypes : JsonSerializerContext;
