using Microsoft.CodeAnalysis;

namespace ModularNetworks.Architecture.Tests;

/// <summary>
/// The rule by which the class of the operations is told: its public members are extension methods of the tape and nothing
/// else. It is long and lies in several folders, since each operation's room adds its own methods to it.
/// </summary>
internal static class OperationClass
{
    /// <summary>Whether a type is a class of operations.</summary>
    public static bool Is(INamedTypeSymbol type) => type.IsStatic && PublicMembers.Of(type).All(IsOperation);

    private static bool IsOperation(ISymbol member) =>
        member is IMethodSymbol { IsExtensionMethod: true, Parameters: [{ Type.Name: "Tape" }, ..] };
}
