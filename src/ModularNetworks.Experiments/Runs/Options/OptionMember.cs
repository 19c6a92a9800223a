using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>
/// An option, by its name in <c>config.json</c>: a property of a run's options, or of a group in them. The members of a group stand among
/// the run's own options, where the group is declared.
/// </summary>
/// <param name="Name">The option's name.</param>
/// <param name="Property">The property that has its value.</param>
/// <param name="Group">The property that has the group; null if the option is the run's own.</param>
internal sealed record OptionMember(string Name, PropertyInfo Property, PropertyInfo? Group)
{
    // Attributes take memory and time whenever they are looked up, and a comparison asks for the names of its options hundreds of times.
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Known = [];
    private static readonly ConcurrentDictionary<PropertyInfo, string> Names = [];

    /// <summary>All options of a run, in the order of <c>config.json</c>: those of a type before those of the type that it extends.</summary>
    public static IEnumerable<OptionMember> Of(RunOptions options) => PropertiesOf(options).SelectMany(
        property => property.PropertyType.IsAssignableTo(typeof(OptionGroup))
            ? PropertiesOf((OptionGroup)property.GetValue(options)!).Select(member => new OptionMember(NameOf(member), member, property))
            : [new OptionMember(NameOf(property), property, null)]);

    /// <summary>The properties of options that have a name in files.</summary>
    public static IEnumerable<PropertyInfo> PropertiesOf(OptionGroup options) => Known.TryGetValue(options.GetType(), out var known)
        ? known
        : Known[options.GetType()] =
        [
            .. options.GetType().GetProperties()
                .Where(property => !property.IsDefined(typeof(JsonIgnoreAttribute)))
                .OrderBy(property => Depth(options.GetType(), property)),
        ];

    /// <summary>The option's value.</summary>
    public object? Get(RunOptions options) => Property.GetValue(HolderIn(options));

    /// <summary>Sets the option where it can be set. A group is changed, and must be of these options alone.</summary>
    public void Set(RunOptions options, object? value)
    {
        if (Property.CanWrite)
            Property.SetValue(HolderIn(options), value);
    }

    private object HolderIn(RunOptions options) => Group is null ? options : Group.GetValue(options)!;

    private static int Depth(Type options, PropertyInfo property)
    {
        int depth = 0;
        for (var type = options; type != property.DeclaringType; type = type!.BaseType)
            depth++;
        return depth;
    }

    private static string NameOf(PropertyInfo property) => Names.GetOrAdd(
        property, one => one.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(one.Name));
}
