using ModularNetworks.Data;
using Spectre.Console;

namespace ModularNetworks.Cli.Tests;

/// <summary>Commands that are printed can be pasted into a shell, and begin as the tool was called.</summary>
public sealed class PrintedCommandsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("sp ace")]
    [InlineData("am&p")]
    [InlineData("it's $(touch made) `touch made` \"x\"; touch made")]
    [InlineData("two\nlines\t*")]
    public void The_command_that_an_interrupted_training_prints_goes_on_with_it(string name)
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Equal(ExitCode.Interrupted, Tool(_output).Run([.. Training, "--out", _folder[name]], stop.Token));
        const string Before = "go on with ";
        string said = _output.ToString();
        var result = Shell.Run(_folder.Path, said[(said.IndexOf(Before, StringComparison.Ordinal) + Before.Length)..]);
        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Error));
        Assert.True(File.Exists(_folder[$"{name}/summary.json"]));
        Assert.Equal([_folder[name]], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_training_whose_output_fails_says_how_to_go_on()
    {
        using var full = new FullWriter();
        Assert.Equal(ExitCode.BadInput, Tool(full).Run([.. Training, "--out", _folder["sp ace"]], TestContext.Current.CancellationToken));
        Assert.EndsWith(
            $"/dev/null. Then go on with modnet train toy --out '{_folder["sp ace"]}' --resume{Environment.NewLine}", _error.ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", "See 'PROGRAM --help'.")]
    [InlineData("train ptb", "'PROGRAM data get ptb' downloads it.")]
    [InlineData("data list", "'PROGRAM data get ptb' downloads it;")]
    [InlineData("data get --help", "as in 'PROGRAM data list'.")]
    [InlineData("data verify nosuch", "See 'PROGRAM data list'.")]
    public void Commands_begin_as_the_tool_was_called(string command, string said)
    {
        string tool = Path.Join(AppContext.BaseDirectory, "modnet.dll");
        var direct = Shell.Run(_folder.Path, $"modnet {command}");
        Assert.Contains(said.Replace("PROGRAM", $"dotnet {tool}", StringComparison.Ordinal), direct.Output + direct.Error, StringComparison.Ordinal);
        var script = Shell.Run(_folder.Path, $"MODNET_CALLED_AS='./my tools/modnet' modnet {command}");
        Assert.Contains(
            said.Replace("PROGRAM", "'./my tools/modnet'", StringComparison.Ordinal), script.Output + script.Error, StringComparison.Ordinal);
    }

    private static string[] Training => ["train", "toy", "--set", "starts=1", "--steps", "10", "--set", "logEvery=5"];

    private Application Tool(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        return new Application(new CliContext(() => console, output, _error, new DataLocation(null, null)));
    }
}
