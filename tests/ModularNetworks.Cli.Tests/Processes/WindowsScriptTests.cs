using System.Text.RegularExpressions;

namespace ModularNetworks.Cli.Tests;

/// <summary>The script for Windows says and builds what the other one does. It is read here, not run.</summary>
public sealed partial class WindowsScriptTests
{
    private static readonly string Script = File.ReadAllText(Path.Join(ProjectRoot.Folder, "modnet"));
    private static readonly string WindowsScript = File.ReadAllText(Path.Join(ProjectRoot.Folder, "modnet.cmd"));

    [Fact]
    public void Its_lines_end_as_those_of_Windows_and_it_has_no_letters_of_other_code_pages()
    {
        string[] lines = WindowsScript.Split('\n');
        Assert.Equal("", lines[^1]);
        Assert.All(lines[..^1], line => Assert.EndsWith("\r", line, StringComparison.Ordinal));
        Assert.All(WindowsScript, letter => Assert.True(char.IsAscii(letter)));
    }

    [Fact]
    public void It_builds_the_same_project_with_the_same_arguments()
    {
        string[] windows = BuildIn(WindowsScript);
        Assert.Equal(BuildIn(Script), windows);
        Assert.Equal("src/ModularNetworks.Cli/ModularNetworks.Cli.csproj", windows[0]);
        Assert.True(File.Exists(Path.Join(ProjectRoot.Folder, windows[0])));
        Assert.Contains(@"%WORK%\build\bin\ModularNetworks.Cli\release\modnet.dll"" %*", WindowsScript, StringComparison.Ordinal);
    }

    [Fact]
    public void It_says_the_same()
    {
        string[] said = [.. SaidIn().Matches(Script).Select(match => match.Groups[1].Value.Replace("$work", "%WORK%", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(5, said.Length);
        Assert.Equal(said, WindowsSaidIn().Matches(WindowsScript).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("src")]
    [InlineData("bench/peers")]
    [InlineData("Directory.*")]
    [InlineData("global.json")]
    [InlineData("bin")]
    [InlineData("obj")]
    [InlineData("node_modules")]
    public void It_looks_at_the_same_sources(string name)
    {
        string look = WindowsScript.Split('\n').Single(line => line.StartsWith("powershell", StringComparison.Ordinal)).Replace('\\', '/');
        Assert.Matches($@"[/|(%]{Regex.Escape(name)}['|)]", look);
        Assert.Matches($@"[/ ]""?(/)?{Regex.Escape(name)}[""\s]", Script);
    }

    [Fact]
    public void It_goes_to_places_that_there_are() => Assert.All(
        Regex.Matches(WindowsScript, @"goto (\w+)").Select(match => match.Groups[1].Value),
        place => Assert.Contains($"\n:{place}\r\n", WindowsScript, StringComparison.Ordinal));

    /// <summary>The project and the arguments of the build, in the order of their names, without the folders and the redirections.</summary>
    private static string[] BuildIn(string script)
    {
        string command = BuildCommand().Match(script.Replace("\\\n", "", StringComparison.Ordinal)).Groups[1].Value;
        string plain = command.Replace("%ROOT%", "", StringComparison.Ordinal).Replace("$root/", "", StringComparison.Ordinal)
            .Replace("%WORK%", "$work", StringComparison.Ordinal).Replace('\\', '/').Replace("\"", "", StringComparison.Ordinal);
        return plain.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex(@"dotnet build (.*?)>")]
    private static partial Regex BuildCommand();

    [GeneratedRegex(@"(?:say|fail) ['""]([^$'""][^'""]*)['""]")]
    private static partial Regex SaidIn();

    [GeneratedRegex(@"echo modnet: (.*?) 1>&2")]
    private static partial Regex WindowsSaidIn();
}
