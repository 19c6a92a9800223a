namespace ModularNetworks.Cli.Tests;

/// <summary>A home folder or a working folder that is not there.</summary>
public sealed class SurroundingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("XDG_CACHE_HOME=/cache", "/cache")]
    [InlineData("XDG_CACHE_HOME=", "HOME/.cache")]
    [InlineData("XDG_CACHE_HOME=relative", "HOME/.cache")]
    [InlineData("XDG_CACHE_HOME=relative HOME=/", "/.cache")]
    public void Data_are_looked_for_in_the_cache_folder_that_the_environment_names_by_an_absolute_path(string environment, string place)
    {
        var result = Run($"export HOME=$PWD; {environment} modnet train ptb");
        string expected = Path.Join(place.Replace("HOME", _folder.Path, StringComparison.Ordinal), "modnet", "data", "ptb");
        Assert.Contains($": MODNET_DATA is not set, not in {expected}. ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("relative")]
    [InlineData("/none/such")]
    public void Without_a_home_folder_nothing_is_kept_in_the_working_folder_and_a_line_says_what_to_set(string home)
    {
        string environment = $"HOME={home} XDG_CACHE_HOME=relative";
        Assert.Contains("there is no home folder with a cache.", Run($"{environment} modnet train ptb").Error, StringComparison.Ordinal);
        var result = Run($"{environment} modnet data get ptb");
        Assert.Equal(
            "modnet: The data set 'ptb' has no place: there is no home folder with a cache. Set HOME or XDG_CACHE_HOME to an absolute path, "
            + "or name a folder with --to.\n",
            result.Error);
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("report run")]
    [InlineData("eval run")]
    [InlineData("train toy --steps 3")]
    [InlineData("train toy --out run --resume")]
    [InlineData("board .")]
    [InlineData("reproduce table1 --data x")]
    [InlineData("predict run the")]
    [InlineData("generate run")]
    [InlineData("export run")]
    [InlineData("serve run")]
    [InlineData("compare --data x --budget 1")]
    [InlineData("train text --data x")]
    public void A_working_folder_that_was_deleted_is_told(string command)
    {
        var result = Run($"mkdir gone; cd gone; rmdir ../gone; modnet {command}");
        Assert.EndsWith("modnet: The working folder is not there any more. Change to another folder.\n", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Split('\n'), line => line.StartsWith("modnet:", StringComparison.Ordinal)); // The shell may complain as well.
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
    }

    [Fact]
    public void Help_and_version_need_no_working_folder() =>
        Assert.StartsWith("modnet ", Run("mkdir gone; cd gone; rmdir ../gone; modnet --version").Output, StringComparison.Ordinal);

    private ShellResult Run(string line) => Shell.Run(_folder.Path, line);
}
