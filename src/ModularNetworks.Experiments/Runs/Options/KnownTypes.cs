using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ModularNetworks.Experiments;

/// <summary>Which types become JSON.</summary>
internal static class KnownTypes
{
    /// <summary>
    /// The types whose JSON the compiler wrote code for. A program that the runtime compiles looks at types of its own when it needs them; one
    /// that is compiled ahead of time, or trimmed, does not know their members.
    /// </summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Programs that are trimmed have this switch off.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Programs that are compiled ahead of time have this switch off.")]
    public static IJsonTypeInfoResolver And(params IJsonTypeInfoResolver[] known) => JsonSerializer.IsReflectionEnabledByDefault
        ? JsonTypeInfoResolver.Combine([.. known, new DefaultJsonTypeInfoResolver()])
        : JsonTypeInfoResolver.Combine(known);
}
