using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModularNetworks.Architecture.Tests;

/// <summary>One use of a symbol that is declared in another folder of the same project.</summary>
/// <param name="From">The folder of the file that uses the symbol.</param>
/// <param name="To">The folder of the file that declares the symbol.</param>
/// <param name="Place">The use, as <c>file:line</c>.</param>
/// <param name="Symbol">The used symbol.</param>
internal sealed record FolderArrow(string From, string To, string Place, string Symbol)
{
    /// <summary>The use in one line of text.</summary>
    public override string ToString() => $"{From} -> {To}: {Place} uses {Symbol}";
}

/// <summary>
/// Finds the arrows between the folders of a project: a use in folder A of a symbol that folder B declares is an arrow from A
/// to B. Uses without a name count too: extension methods, operators, indexers, conversions by <c>new()</c>. References in
/// documentation comments do not count.
/// </summary>
internal static class FolderArrows
{
    /// <summary>All arrows of a project.</summary>
    public static IReadOnlyList<FolderArrow> Of(ProjectSources sources) =>
        [.. sources.Trees.AsParallel().AsOrdered().SelectMany(tree => Of(sources, tree)).Distinct()];

    /// <summary>The types of a project whose parts lie in more than one folder, the class of the operations aside.</summary>
    public static IReadOnlyList<string> ScatteredTypes(ProjectSources sources) => [.. sources.Trees
        .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
            .Select(type => sources.Compilation.GetSemanticModel(tree).GetDeclaredSymbol(type)!))
        .Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default)
        .Where(type => FoldersOf(sources, type).Count > 1 && !OperationClass.Is(type))
        .Select(type => $"{type} lies in {string.Join(", ", FoldersOf(sources, type))}")];

    private static IEnumerable<FolderArrow> Of(ProjectSources sources, SyntaxTree tree)
    {
        var model = sources.Compilation.GetSemanticModel(tree);
        string from = sources.FolderOf(tree)!;
        return
            from node in tree.GetRoot().DescendantNodes()
            where node is ExpressionSyntax or ConstructorInitializerSyntax or AttributeSyntax
            let symbol = model.GetSymbolInfo(node).Symbol
            where symbol is not null and not INamespaceSymbol
            from to in FoldersOf(sources, Original(symbol))
            where to != @from
            select new FolderArrow(@from, to, sources.PlaceOf(node), Original(symbol).ToDisplayString());
    }

    private static ISymbol Original(ISymbol symbol) =>
        (symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension : symbol).OriginalDefinition;

    private static IReadOnlyCollection<string> FoldersOf(ProjectSources sources, ISymbol symbol) => [.. symbol.Locations
        .Where(location => location.IsInSource)
        .Select(location => sources.FolderOf(location.SourceTree!))
        .OfType<string>()
        .Distinct()];
}
