namespace ModularNetworks.Experiments.Tests;

public sealed class RunFoldersTests
{
    [Fact]
    public void Runs_are_found_up_to_three_levels_below_a_folder_and_not_in_runs()
    {
        using var folder = new TemporaryFolder();
        foreach (string run in (string[])["b", "a/deep/run", "a/deep/much/deeper", "b/checkpoint/old", ".hidden", "empty/none"])
            Directory.CreateDirectory(folder[run]);
        foreach (string run in (string[])["b", "a/deep/run", "a/deep/much/deeper", "b/checkpoint/old", ".hidden"])
            File.WriteAllText(folder[$"{run}/config.json"], "{}");
        if (!OperatingSystem.IsWindows())
            Directory.CreateSymbolicLink(folder["link"], folder["b"]);
        Assert.Equal(["a/deep/run", "b"], RunFolders.In(folder.Path));
        Assert.Equal([""], RunFolders.In(folder["b"]));
        Assert.Empty(RunFolders.In(folder["empty"]));
        Assert.Empty(RunFolders.In(folder["nowhere"]));
    }
}
