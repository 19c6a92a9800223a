using System.Text.RegularExpressions;

namespace ModularNetworks.Architecture.Tests;

/// <summary>The engine knows nothing of what is built on it.</summary>
public sealed partial class EngineWordsTests
{
    // The name of the product is a part of each namespace.
    private const string Product = "ModularNetworks";

    private static readonly HashSet<string> Forbidden = new(StringComparer.OrdinalIgnoreCase)
    {
        "Module", "Modules", "Modular", "Gru", "Grus", "Candidate", "Candidates",
    };

    [Fact]
    public void The_engine_says_neither_module_nor_gru_nor_candidate() => Faults.None(
        from tree in ProjectSources.Of("ModularNetworks.Engine").Trees
        from line in tree.GetText(TestContext.Current.CancellationToken).Lines
        from part in Parts().Matches(line.ToString().Replace(Product, "", StringComparison.Ordinal))
        where Forbidden.Contains(part.Value)
        select $"{Path.GetRelativePath(Repository.Root, tree.FilePath)}:{line.LineNumber + 1} says {part.Value}");

    [Theory]
    [InlineData("ModuleGroups", "Module", "Groups")]
    [InlineData("useGRUCell", "use", "GRU", "Cell")]
    [InlineData("candidate_states of modules", "candidate", "states", "of", "modules")]
    public void Words_are_split_into_their_parts(string text, params string[] parts) =>
        Assert.Equal(parts, Parts().Matches(text).Select(match => match.Value));

    // Words, and the parts of names that are written in camel case.
    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])")]
    private static partial Regex Parts();
}
