using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>
/// Names the context that has the compiler write the code for a record's JSON, and for that of lists of such records. Programs that are trimmed or
/// compiled ahead of time need one for each record of their own that goes into files, such as their <see cref="Preprocessing"/>.
/// </summary>
/// <param name="context">A <see cref="JsonSerializerContext"/> with a public constructor without parameters.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class CompiledJsonAttribute(
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] Type context) : Attribute
{
    /// <summary>The type of the context.</summary>
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)]
    public Type Context { get; } = context;
}
