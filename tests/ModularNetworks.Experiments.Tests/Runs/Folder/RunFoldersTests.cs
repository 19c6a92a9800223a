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
        Assert.Equal(["a/deep/run", "b"], RunFolders.In(folder.Path).Runs);
        Assert.Equal([""], RunFolders.In(folder["b"]).Runs);
        Assert.Empty(RunFolders.In(folder["empty"]).Runs);
        Assert.Empty(RunFolders.In(folder["nowhere"]).Runs);
    }

    [Theory]
    [InlineData(ComparisonPlan.FileName)]
    [InlineData(ComparisonReport.JsonFile)]
    [InlineData(SuiteReport.JsonFile)]
    [InlineData(Table1Report.JsonFile)]
    [InlineData(Figure6Report.JsonFile)]
    public void The_runs_of_a_comparison_suite_or_table_are_one_group_unless_they_are_asked_for(string file)
    {
        using var folder = new TemporaryFolder();
        foreach (string run in (string[])["single", "more/group/a", "more/group/b"])
        {
            Directory.CreateDirectory(folder[run]);
            File.WriteAllText(folder[$"{run}/config.json"], "{}");
        }
        File.WriteAllText(folder[$"more/group/{file}"], "{}");
        var found = RunFolders.In(folder.Path);
        Assert.Equal(["single"], found.Runs);
        Assert.Equal(["more/group"], found.Groups);
        var inside = RunFolders.In(folder["more/group"]);
        Assert.Equal(["a", "b"], inside.Runs);
        Assert.Empty(inside.Groups);
    }
}
