using Microsoft.CodeAnalysis;

namespace ModularNetworks.Architecture.Tests;

/// <summary>No two folders of a project depend on each other: uses go down the order that docs/architecture.md states.</summary>
public sealed class ArrowTests
{
    public static TheoryData<string> Projects => [.. Repository.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Sources_compile_so_that_no_arrow_is_missed(string project) =>
        Faults.None(ProjectSources.Of(project).Compilation.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.ToString()));

    [Fact]
    public void Each_project_has_an_order() =>
        Assert.Equal(Repository.Projects, FolderOrder.Stated.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_order_lists_each_folder_of_the_project_once(string project)
    {
        var sources = ProjectSources.Of(project);
        Assert.Equal(sources.Trees.Select(sources.FolderOf).Distinct().Order(StringComparer.Ordinal),
            FolderOrder.Stated[project].Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Arrows_point_down_the_order(string project)
    {
        string[] order = [.. FolderOrder.Stated[project]];
        Faults.None(FolderArrows.Of(ProjectSources.Of(project))
            .Where(arrow => Array.IndexOf(order, arrow.To) < Array.IndexOf(order, arrow.From))
            .Select(arrow => arrow.ToString()));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_type_lies_in_one_folder(string project) =>
        Faults.None(FolderArrows.ScatteredTypes(ProjectSources.Of(project)));
}
