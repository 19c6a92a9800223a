using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ModularNetworks.Experiments;

/// <summary>The contract between a record and its JSON, beyond what the library knows.</summary>
internal static class RecordContract
{
    /// <summary>Adds flat parts, lists that are left out if they are empty, and parameters that are left out if they are null, to a contract.</summary>
    public static void Complete(JsonTypeInfo contract)
    {
        foreach (var member in contract.Properties)
        {
            if (Has<LeftOutIfEmptyAttribute>(member))
                member.ShouldSerialize = (_, value) => value is ICollection { Count: > 0 };
            // It is left out where it is null.
            if (member.AssociatedParameter is { IsNullable: true })
                member.IsRequired = false;
            if (!IsFlat(member))
                continue;
            // The library neither demands nor reads an entry of the part's name: RecordJson reads the part.
            member.IsRequired = false;
            member.Set = null;
        }
    }

    /// <summary>Whether a member is a part whose entries stand among those of its record.</summary>
    public static bool IsFlat(JsonPropertyInfo member) => Has<FlatPartAttribute>(member);

    /// <summary>Sets a flat part of a record that was read.</summary>
    public static void Set(object record, JsonPropertyInfo part, object value) => ((PropertyInfo)part.AttributeProvider!).SetValue(record, value);

    /// <summary>Demands what a record must have, here and in the records in it.</summary>
    /// <exception cref="FormatException">An entry is missing, or an item of a list is null.</exception>
    public static void Require(JsonElement written, JsonTypeInfo contract)
    {
        switch (written.ValueKind)
        {
            case JsonValueKind.Object when contract.Kind == JsonTypeInfoKind.Object:
                foreach (var member in contract.Properties)
                    RequireEntry(written, member);
                break;
            case JsonValueKind.Array when contract.ElementType is { } type:
                foreach (var item in written.EnumerateArray())
                    Require(item, contract.Options.GetTypeInfo(type));
                break;
            default:
                break; // The library says what is wrong with a number or a text.
        }
    }

    private static void RequireEntry(JsonElement written, JsonPropertyInfo member)
    {
        bool isThere = written.TryGetProperty(member.Name, out var entry) && entry.ValueKind != JsonValueKind.Null;
        if (member.IsRequired && !isThere)
            throw new FormatException($"it has no entry {member.Name}.");
        if (!isThere || IsFlat(member))
            return;
        if (entry.ValueKind == JsonValueKind.Array && entry.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Null))
            throw new FormatException($"its entry {member.Name} has an item that is null.");
        Require(entry, member.Options.GetTypeInfo(member.PropertyType));
    }

    private static bool Has<TAttribute>(JsonPropertyInfo member)
        where TAttribute : Attribute => member.AttributeProvider?.IsDefined(typeof(TAttribute), inherit: true) == true;
}
