using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ModularNetworks.Experiments;

/// <summary>
/// Writes records as JSON and reads them: each member by its name, in the order in which the record declares them; a member that is
/// null is left out.
/// </summary>
public static class RecordJson
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>Writes a record whose numbers are finite.</summary>
    public static JsonObject Write<TRecord>(TRecord record) => JsonSerializer.SerializeToNode(record, Format)!.AsObject();

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">An entry is missing, or is of another kind.</exception>
    internal static TRecord Read<TRecord>(JsonNode written)
    {
        try
        {
            return written.Deserialize<TRecord>(Format)!;
        }
        catch (JsonException exception)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    /// <summary>The names and values that would be written of a record; none of what is not an object.</summary>
    internal static IEnumerable<(string Name, object? Value)> Members(object record) =>
        Format.GetTypeInfo(record.GetType()).Properties.Select(member => (member.Name, member.Get!(record)));
}
