using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>The properties of options that have a name in files, each with that name.</summary>
internal static class OptionProperties
{
    // Attributes take memory and time whenever they are looked up, and a comparison asks for the names of its options hundreds of times. What is kept
    // is a fact about a type, which is the same whoever asks for it first.
    private static readonly ConcurrentDictionary<Type, (string Name, PropertyInfo Property)[]> Known = [];

    /// <summary>Those of a type before those of the type that it extends.</summary>
    public static IReadOnlyList<(string Name, PropertyInfo Property)> Of(OptionGroup options) =>
        Known.TryGetValue(options.GetType(), out var known) ? known : Known[options.GetType()] = Find(options);

    private static (string Name, PropertyInfo Property)[] Find(OptionGroup options) =>
    [
        .. options.GetType().GetProperties()
            .Where(property => !property.IsDefined(typeof(JsonIgnoreAttribute)))
            .OrderBy(property => Depth(options.GetType(), property))
            .Select(property => (NameOf(property), property)),
    ];

    private static int Depth(Type options, PropertyInfo property)
    {
        int depth = 0;
        for (var type = options; type != property.DeclaringType; type = type!.BaseType)
            depth++;
        return depth;
    }

    private static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}
