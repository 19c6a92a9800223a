using Microsoft.CodeAnalysis;

namespace ModularNetworks.Architecture.Tests;

/// <summary>
/// The public members that a type declares, constructors included. A property counts once; the members that the compiler adds
/// to records do not count.
/// </summary>
internal static class PublicMembers
{
    /// <summary>The public members of a type.</summary>
    public static IReadOnlyList<ISymbol> Of(INamedTypeSymbol type) => [.. type.GetMembers().Where(IsCounted)];

    private static bool IsCounted(ISymbol member) => member.DeclaredAccessibility == Accessibility.Public &&
        !member.IsImplicitlyDeclared && member is not IMethodSymbol { AssociatedSymbol: not null };
}
