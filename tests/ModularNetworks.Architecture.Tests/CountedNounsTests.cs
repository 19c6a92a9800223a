using System.Text.RegularExpressions;

namespace ModularNetworks.Architecture.Tests;

/// <summary>Numbers of things in messages are written by <c>Counted</c>, so that one thing has no plural.</summary>
public sealed partial class CountedNounsTests
{
    [Fact]
    public void A_count_before_a_noun_is_written_by_Counted() => Faults.None(
        from project in Repository.Projects
        from path in Directory.GetFiles(Path.Combine(Repository.Root, "src", project), "*.cs", SearchOption.AllDirectories)
        where !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        from Match count in Counts().Matches(File.ReadAllText(path))
        select $"{Path.GetFileName(path)}: {count.Value}; write {{Counted.Of({count.Groups[1].Value}, \"...\")}}");

    // Where a verb follows, the sentence is for several.
    [GeneratedRegex(
        @"\{([\w.!]+\.(?:Count|Length))\} (?:rows|columns|cells|steps|lines|files|images|modules|classes|seeds|runs|tokens|words|numbers|values|bytes)(?=[.,;:)""])")]
    private static partial Regex Counts();
}
