namespace ModularNetworks.Cli.Tests;

/// <summary>The script that builds and starts the tool, with a compiler and a tool that are made up.</summary>
public sealed class ScriptTests : IDisposable
{
    private const string FirstBuild = "modnet: building modnet for the first time, which takes a minute or two, on a busy machine more...\n";
    private const string LaterBuild = "modnet: building modnet again, since its sources changed...\n";

    private readonly TemporaryFolder _folder = new();

    public ScriptTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell");
        File.Copy(Path.Join(ProjectRoot.Folder, "modnet"), _folder["modnet"]);
        foreach (string name in (string[])["src", "bench/peers"])
            Directory.CreateDirectory(_folder[name]);
        foreach (string name in (string[])["Directory.Build.props", "global.json"])
            File.WriteAllText(_folder[name], "");
        Shell.WriteProgram(_folder["bin/dotnet"], """
            if [ "$1" = build ]; then
                echo 'the compiler says this'
                while [ "$1" != --artifacts-path ]; do shift; done
                mkdir -p "$2/bin/ModularNetworks.Cli/release"
                : >"$2/bin/ModularNetworks.Cli/release/modnet.dll"
                [ ! -e src/broken ]
            else
                shift
                echo "$MODNET_CALLED_AS was called with $*"
            fi
            """);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_build_says_so_on_standard_error_which_is_no_terminal_and_nothing_else()
    {
        Assert.Equal(new ShellResult(0, "./modnet was called with --version\n", FirstBuild), Run("./modnet --version"));
        Assert.Equal(new ShellResult(0, "./modnet was called with --version\n", ""), Run("./modnet --version"));
        File.WriteAllText(_folder["src/new"], "");
        Assert.Equal(LaterBuild, Run("./modnet --version").Error);
    }

    [Fact]
    public void The_tool_is_told_how_it_was_called()
    {
        Run("./modnet");
        Assert.Equal($"{_folder["modnet"]} was called with \n", Run("PATH=$PWD:$PATH; command modnet").Output);
        Assert.Equal("./modnet was called with a b\n", Run("sh modnet 'a b'").Output);
        Assert.Equal("../modnet was called with \n", Run("cd src; ../modnet").Output);
        Assert.Equal("./link was called with \n", Run("ln -s modnet link; ./link").Output);
    }

    [Theory]
    [InlineData("2>&-")]
    [InlineData("2>/dev/full")]
    public void A_standard_error_that_cannot_be_written_to_changes_nothing(string error)
    {
        Assert.Equal(new ShellResult(0, "./modnet was called with x\n", ""), Run($"./modnet x {error}"));
        File.WriteAllText(_folder["src/broken"], "");
        Assert.Equal(new ShellResult(1, "", ""), Run($"./modnet x {error}"));
        Assert.Equal($"{LaterBuild}the compiler says this\nmodnet: the build failed; its output is above.\n", Run("./modnet x").Error);
    }

    private ShellResult Run(string line) => Shell.Run(_folder.Path, $"PATH=$PWD/bin:$PATH; {line}");
}
