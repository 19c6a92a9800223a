using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModularNetworks.Architecture.Tests;

/// <summary>Files, methods and public classes are short.</summary>
public sealed class SizeTests
{
    private const int UsualFileLines = 130;
    private const int MostFileLines = 300;
    private const int UsualMethodLines = 7;
    private const int MostMethodLines = 40;
    private const int MostPublicMembers = 20;

    private static readonly ProjectSources[] Sources = [.. Repository.Projects.Select(ProjectSources.Of)];

    [Fact]
    public void Nine_in_ten_files_are_short_and_none_is_long()
    {
        int[] lines = [.. Sources.SelectMany(sources => sources.Trees).Select(Lines).Order()];
        Assert.InRange(lines[lines.Length * 9 / 10], 1, UsualFileLines);
        Faults.None(
            from sources in Sources
            from tree in sources.Trees
            where Lines(tree) > MostFileLines
            select $"{sources.Name}/{sources.PlaceOf(tree.GetRoot())}: {Lines(tree)} lines");
    }

    [Fact]
    public void Half_of_the_methods_are_short_and_only_kernels_are_long()
    {
        var methods = Sources.SelectMany(sources => sources.Trees.SelectMany(Methods).Select(method => (sources, method))).ToList();
        int[] lines = [.. methods.Select(entry => Lines(entry.method)).Order()];
        Assert.InRange(lines[lines.Length / 2], 1, UsualMethodLines);
        Faults.None(methods
            .Where(entry => Lines(entry.method) > MostMethodLines && !IsKernel(entry.method))
            .Select(entry => $"{entry.sources.Name}/{entry.sources.PlaceOf(entry.method)}: {Lines(entry.method)} lines"));
    }

    [Fact]
    public void No_public_class_has_many_public_members() => Faults.None(
        from sources in Sources
        from type in Types(sources.Compilation.Assembly.GlobalNamespace)
        where IsPublic(type) && type.Locations.Any(place => sources.Trees.Contains(place.SourceTree))
        let members = PublicMembers.Of(type).Count
        where members > MostPublicMembers && !OperationClass.Is(type)
        select $"{type} has {members} public members");

    private static int Lines(SyntaxTree tree) => tree.GetText().Lines.Count(line => line.Start < line.Text!.Length);

    private static int Lines(SyntaxNode node)
    {
        var lines = node.GetLocation().GetLineSpan();
        return lines.EndLinePosition.Line - lines.StartLinePosition.Line + 1;
    }

    // Methods and constructors that have a body.
    private static IEnumerable<BaseMethodDeclarationSyntax> Methods(SyntaxTree tree) => tree.GetRoot().DescendantNodes()
        .OfType<BaseMethodDeclarationSyntax>()
        .Where(method => method.Body is not null || method.ExpressionBody is not null);

    // A kernel works on raw memory, so that it or a type around it is declared unsafe.
    private static bool IsKernel(BaseMethodDeclarationSyntax method) => method.AncestorsAndSelf()
        .OfType<MemberDeclarationSyntax>()
        .Any(member => member.Modifiers.Any(SyntaxKind.UnsafeKeyword));

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol parent) => parent.GetMembers()
        .OfType<INamespaceOrTypeSymbol>()
        .SelectMany(child => child is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(child));

    private static bool IsPublic(INamedTypeSymbol type) => type.DeclaredAccessibility == Accessibility.Public &&
        (type.ContainingType is null || IsPublic(type.ContainingType));
}
