using System.Text.RegularExpressions;

namespace ModularNetworks.Documents.Tests;

/// <summary>The C# that the pages show is built and run: each block stands in a sample, or in a test of this project.</summary>
public sealed partial class CodeBlockTests
{
    private static readonly string[] Programs =
        [.. new[] { "samples", "tests/ModularNetworks.Documents.Tests" }
            .SelectMany(folder => Directory.GetFiles(Path.Join(ProjectRoot.Folder, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(file => Lines(File.ReadAllText(file)))];

    public static TheoryData<string> Pages =>
        ["README.md", .. Directory.GetFiles(Path.Join(ProjectRoot.Folder, "docs"), "*.md").Select(file => $"docs/{Path.GetFileName(file)}").Order()];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_block_of_a_page_is_in_a_program_that_is_run(string page)
    {
        foreach (Match block in Blocks().Matches(ProjectRoot.ReadText(page)))
        {
            string lines = Lines(block.Groups[1].Value);
            Assert.True(Programs.Any(program => program.Contains(lines, StringComparison.Ordinal)), $"{page} shows what no program has:\n{lines}");
        }
    }

    [Fact]
    public void Pages_have_blocks() => Assert.True(Blocks().Count(ProjectRoot.ReadText("README.md")) >= 2);

    /// <summary>The lines of a program without indentation and empty ones, and without the names of namespaces, which stand at the top of a file.</summary>
    private static string Lines(string text) => string.Join(
        '\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !Using().IsMatch(line))) + "\n";

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"^using [\w.]+;$")]
    private static partial Regex Using();
}
