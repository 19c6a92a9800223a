using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModularNetworks.Architecture.Tests;

/// <summary>Files that others may have made are read by <c>RegularFile</c> of the engine, which asks what they are and counts their bytes.</summary>
public sealed class OneReaderTests
{
    private static readonly string[] Ways =
    [
        "File.Open", "File.OpenRead", "File.OpenText", "File.OpenHandle", "File.ReadAllText", "File.ReadAllTextAsync", "File.ReadAllBytes",
        "File.ReadAllBytesAsync", "File.ReadAllLines", "File.ReadAllLinesAsync", "File.ReadLines", "File.ReadLinesAsync", "File.Copy",
    ];

    // These read what the system tells of itself, below /proc.
    private static readonly string[] OfTheSystem = ["LoadMeter.cs", "Machine.cs", "StandardStreams.cs"];

    [Fact]
    public void No_other_code_opens_files_to_read_them() => Faults.None(
        from sources in Repository.Projects.Select(ProjectSources.Of)
        from tree in sources.Trees
        where !OfTheSystem.Contains(Path.GetFileName(tree.FilePath))
        from call in tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>()
        where Ways.Contains(call.Expression.ToString())
        select $"{sources.Name}/{sources.PlaceOf(call)}: {call.Expression}; RegularFile reads files");
}
