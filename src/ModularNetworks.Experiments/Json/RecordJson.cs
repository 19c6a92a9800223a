using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ModularNetworks.Experiments;

/// <summary>
/// Writes records as JSON and reads them: each member by its name, in the order in which the record declares them; a member that is
/// null is left out. The entries of a <see cref="FlatPartAttribute">flat part</see> stand in the place of the part.
/// </summary>
public static class RecordJson
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new MeasurementConverter(), new ModuleUsageConverter() },
        TypeInfoResolver = KnownTypes.And(RecordTypes.Default, new CompiledTypes()).WithAddedModifier(RecordContract.Complete),
    };

    /// <summary>Writes a record whose numbers are finite.</summary>
    /// <param name="record">The record.</param>
    /// <param name="isIndented">Whether each entry has a line of its own.</param>
    public static string Write(object record, bool isIndented = false)
    {
        ArgumentNullException.ThrowIfNull(record);
        using var written = new MemoryStream();
        using (var writer = new Utf8JsonWriter(written, new JsonWriterOptions { Indented = isIndented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(writer, record, record.GetType());
        return Encoding.UTF8.GetString(written.ToArray());
    }

    /// <summary>Reads what <see cref="Write(object, bool)"/> wrote.</summary>
    /// <exception cref="FormatException">An entry is missing, or is of another kind.</exception>
    internal static TRecord Read<TRecord>(JsonElement written)
    {
        try
        {
            return (TRecord)Read(written, typeof(TRecord));
        }
        catch (JsonException exception)
        {
            throw new FormatException(
                exception.Path is ['$', '.', .. var path] ? $"its entry {path} is of another kind than it must be." : "it is of another kind than it must be.", exception);
        }
    }

    /// <summary>The names and values of all entries that a record has in files; none of what is not an object.</summary>
    internal static IEnumerable<RecordEntry> Entries(object record) => record switch
    {
        Measurement measured => MeasurementConverter.Entries(measured),
        IEnumerable<KeyValuePair<string, double?>> numbers => numbers.Select(number => RecordEntry.Of(number.Key, number.Value)),
        IEnumerable<KeyValuePair<string, object>> own => own.Select(entry => new RecordEntry(entry.Key, entry.Value, entry.Value.GetType())),
        _ when Format.TryGetTypeInfo(record.GetType(), out var contract) => contract.Properties.SelectMany(member => Entries(record, member)),
        _ => [],
    };

    /// <summary>Writes the entries of a record. Records that have one name are one: the entries of the second follow those of the first.</summary>
    internal static void WriteEntries(Utf8JsonWriter writer, IEnumerable<RecordEntry> entries)
    {
        writer.WriteStartObject();
        foreach (var entry in entries.GroupBy(entry => entry.Name))
        {
            writer.WritePropertyName(entry.Key);
            RecordEntry[] values = [.. entry];
            if (values is [var only])
                Write(writer, only.Value, only.Type);
            else
                WriteEntries(writer, values.SelectMany(part => Entries(part.Value!)).DistinctBy(part => part.Name));
        }
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, object? value, Type type)
    {
        var contract = Format.GetTypeInfo(type);
        if (value is not null && contract.Properties.Any(RecordContract.IsFlat))
            WriteEntries(writer, Entries(value));
        else
            JsonSerializer.Serialize(writer, value, contract);
    }

    private static IEnumerable<RecordEntry> Entries(object record, JsonPropertyInfo member)
    {
        object? value = member.Get!(record);
        if (RecordContract.IsFlat(member))
            return value is null ? [] : Entries(value);
        return value is null || member.ShouldSerialize?.Invoke(record, value) == false ? [] : [new RecordEntry(member.Name, value, member.PropertyType)];
    }

    private static object Read(JsonElement written, Type type)
    {
        var contract = Format.GetTypeInfo(type);
        RecordContract.Require(written, contract);
        object record = written.Deserialize(contract)!;
        foreach (var part in contract.Properties.Where(RecordContract.IsFlat))
            RecordContract.Set(record, part, Read(written, part.PropertyType));
        return record;
    }
}
