using System.Text.RegularExpressions;

namespace ModularNetworks.Cli.Tests;

/// <summary>Follows <c>docs/tutorial.md</c> line by line.</summary>
public sealed partial class TutorialTests : IDisposable
{
    // These take minutes, or do not end by themselves; they have tests of their own.
    private static readonly string[] LeftOut = ["./modnet compare", "./modnet serve", "curl "];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_command_of_the_tutorial_works()
    {
        string[] commands = [.. Blocks().Matches(ProjectRoot.ReadText("docs", "tutorial.md")).Select(block => block.Groups[1].Value)];
        Assert.All(LeftOut, left => Assert.Contains(commands, command => command.StartsWith(left, StringComparison.Ordinal)));
        string[] followed = [.. commands.Where(command => !LeftOut.Any(left => command.StartsWith(left, StringComparison.Ordinal)))];

        var result = Shell.Run(_folder.Path, $"set -e\n{string.Concat(followed).Replace("./modnet ", "modnet ", StringComparison.Ordinal)}");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("machine B 100 %", result.Output, StringComparison.Ordinal);
        Assert.All(["machines.html", "machines.onnx"], file => Assert.True(File.Exists(_folder[file]), file));
        double[] r2 = [.. TestR2().Matches(result.Output).Select(match => double.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(2, r2.Length);
        Assert.All(r2, value => Assert.InRange(value, 0.99, 1));
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"^measured: .* test r2 ([0-9.]+)", RegexOptions.Multiline)]
    private static partial Regex TestR2();
}
