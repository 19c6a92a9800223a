using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ModularNetworks.Experiments;

/// <summary>The types whose JSON the compiler wrote code for: those that name their context, lists of them, and what is in them.</summary>
internal sealed class CompiledTypes : IJsonTypeInfoResolver
{
    // A record comes before what is in it, which is known to the same context.
    private readonly ConcurrentDictionary<Type, JsonSerializerContext> _contexts = [];

    /// <inheritdoc/>
    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
    {
        foreach (var named in Named(type))
            _contexts.TryAdd(named.Context, (JsonSerializerContext)Activator.CreateInstance(named.Context)!);
        return _contexts.Values.Select(context => ((IJsonTypeInfoResolver)context).GetTypeInfo(type, options)).FirstOrDefault(found => found is not null);
    }

    private static IEnumerable<CompiledJsonAttribute> Named(Type type)
    {
        if (type.GetCustomAttribute<CompiledJsonAttribute>(inherit: false) is { } own)
            return [own];
        if (type.IsArray)
            return Named(type.GetElementType()!);
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Named) : [];
    }
}
