using System.CommandLine;
using System.Text.RegularExpressions;
using ModularNetworks.Cli.CommandLine;
using ModularNetworks.Cli.Commands;
using ModularNetworks.Data;
using Spectre.Console;

namespace ModularNetworks.Cli.Tests;

/// <summary>The commands that the pages show are commands of the tool, with options that it has.</summary>
public sealed partial class DocumentedCommandsTests
{
    private static readonly string[] Pages =
        ["README.md", "bench/README.md", .. Directory.GetFiles(Path.Join(ProjectRoot.Folder, "docs"), "*.md").Select(file => $"docs/{Path.GetFileName(file)}").Order()];

    public static TheoryData<string, string> Commands() =>
    [
        .. Pages.SelectMany(page => Blocks().Matches(ProjectRoot.ReadText(page))
            .SelectMany(block => Calls().Matches(block.Groups[1].Value))
            .Select(call => (page, call.Groups[1].Value))),
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_is_understood(string page, string call)
    {
        string[] words = [.. Words().Matches(call).Select(word => word.Value.Trim('"', '\''))];
        using var error = new StringWriter();
        var root = new ModnetCommand(new CliContext(() => AnsiConsole.Console, TextWriter.Null, error, new DataLocation(null, null)));
        string? problem = UsageError.Find(root.Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null }));
        Assert.True(problem is null, $"{page}: {problem}");
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    // Up to what the shell does with it.
    [GeneratedRegex(@"(?:^|\| )(?:\./|DIR/|T/)?modnet ((?:[^\n|<>#""']|""[^""]*""|'[^']*')*)", RegexOptions.Multiline)]
    private static partial Regex Calls();

    [GeneratedRegex(@"""[^""]*""|'[^']*'|\S+")]
    private static partial Regex Words();
}
