using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ModularNetworks.Experiments;

/// <summary>The types whose JSON the compiler wrote code for: those that name their context, and lists and dictionaries of them.</summary>
internal sealed class CompiledTypes : IJsonTypeInfoResolver
{
    /// <inheritdoc/>
    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) => Named(type)
        .Select(found => ((IJsonTypeInfoResolver)Activator.CreateInstance(found.Context)!).GetTypeInfo(type, options))
        .FirstOrDefault(found => found is not null);

    private static IEnumerable<CompiledJsonAttribute> Named(Type type)
    {
        if (type.GetCustomAttribute<CompiledJsonAttribute>(inherit: false) is { } own)
            return [own];
        if (type.IsArray)
            return Named(type.GetElementType()!);
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Named) : [];
    }
}
