using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ModularNetworks.Experiments;

/// <summary>How options are written: the members of a group stand among the run's own options, where the group is declared.</summary>
internal static class OptionsContract
{
    /// <summary>The format of <c>config.json</c>.</summary>
    public static JsonSerializerOptions Format { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Flatten } },
    };

    private static void Flatten(JsonTypeInfo options)
    {
        if (!options.Type.IsAssignableTo(typeof(RunOptions)))
            return;
        foreach (var group in options.Properties.Where(property => property.PropertyType.IsAssignableTo(typeof(OptionGroup))).ToArray())
        {
            int place = options.Properties.IndexOf(group);
            options.Properties.RemoveAt(place);
            foreach (var member in group.PropertyType.GetProperties())
                options.Properties.Insert(place++, Member(options, group.Get!, member));
        }
    }

    // Reading sets the members of the group that the options were made with, which is theirs alone.
    private static JsonPropertyInfo Member(JsonTypeInfo options, Func<object, object?> groupOf, PropertyInfo member)
    {
        var info = options.CreateJsonPropertyInfo(member.PropertyType, JsonNamingPolicy.CamelCase.ConvertName(member.Name));
        info.Get = run => member.GetValue(groupOf(run));
        info.Set = (run, value) => member.SetValue(groupOf(run), value);
        return info;
    }
}
