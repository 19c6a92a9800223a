using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>Writes and reads the names of an enumeration as words that begin small.</summary>
internal sealed class CamelCaseNames<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase)
    where TEnum : struct, Enum;
