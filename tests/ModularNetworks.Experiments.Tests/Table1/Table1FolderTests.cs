using System.Text.Json.Nodes;
using ModularNetworks.Data;

namespace ModularNetworks.Experiments.Tests;

public sealed class Table1FolderTests
{
    [Fact]
    public void Runs_with_other_options_are_refused_and_left_alone_though_their_row_is_not_asked_for()
    {
        using var folder = new TemporaryFolder();
        var options = Table1Case.Options(folder) with { Steps = 2 };
        Assert.True(Table1Case.Reproduce(options, folder["t"], Table1Case.Rows("fixed-1-1")));
        var before = RunCase.Snapshot(folder["t"]);
        var other = options with { Optimizer = options.Optimizer with { LearningRate = 0.5 }, Window = 4 };
        foreach (string row in (string[])["fixed-1-1", "em-5-1"])
        {
            var error = Assert.Throws<RunException>(() => Table1Case.Reproduce(other, folder["t"], Table1Case.Rows(row)));
            Assert.Equal(
                $"{folder["t/fixed-1-1-seed-1"]} holds a run with other options: window is 5 there and 4 here, learningRate is 0.05 "
                + "there and 0.5 here. Choose another --out.",
                error.Message);
        }
        Assert.Equal(before, RunCase.Snapshot(folder["t"]));
    }

    [Fact]
    public void Fewer_steps_than_a_run_has_taken_are_refused()
    {
        using var folder = new TemporaryFolder();
        var options = Table1Case.Options(folder) with { Steps = 4 };
        Assert.True(Table1Case.Reproduce(options, folder["t"], Table1Case.Rows("fixed-1-1")));
        var fewer = options with { Steps = 3 };
        var error = Assert.Throws<RunException>(() => Table1Case.Reproduce(fewer, folder["t"], Table1Case.Rows("fixed-1-1")));
        Assert.Contains("has taken 4 steps; --steps 3 is less", error.Message, StringComparison.Ordinal);
        Assert.True(Table1Case.Reproduce(fewer, folder["t"], Table1Case.Rows("fixed-3-3")));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"steps\": 2}")]
    public void A_damaged_result_is_found_before_anything_is_trained(string summary)
    {
        using var folder = new TemporaryFolder();
        var options = Table1Case.Options(folder) with { Steps = 2 };
        Assert.True(Table1Case.Reproduce(options, folder["t"], Table1Case.Rows("fixed-1-1")));
        File.WriteAllText(folder["t/fixed-1-1-seed-1/summary.json"], summary);
        var error = Assert.Throws<RunException>(() => Table1Case.Reproduce(options, folder["t"], Table1Case.Rows("fixed-3-3")));
        Assert.Contains("summary.json", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["t/fixed-3-3-seed-1"]));
    }

    [Fact]
    public void A_module_whose_share_is_missing_is_damage()
    {
        using var folder = new TemporaryFolder();
        var options = Table1Case.Options(folder) with { Steps = 2 };
        Assert.True(Table1Case.Reproduce(options, folder["t"], Table1Case.Rows("em-5-1")));
        var summary = JsonNode.Parse(File.ReadAllText(folder["t/em-5-1-seed-1/summary.json"]))!;
        summary["usage"] = new JsonArray(0.5, null);
        File.WriteAllText(folder["t/em-5-1-seed-1/summary.json"], summary.ToJsonString());
        var error = Assert.Throws<RunException>(() => Table1Case.Reproduce(options, folder["t"], Table1Case.Rows("em-5-1")));
        Assert.Contains("its entry usage has an item that is null", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_are_written_one_after_the_other()
    {
        using var folder = new TemporaryFolder();
        var table = new Table1Folder(folder["t"], Table1Case.Options(folder), PennTreebank.Load(Table1Case.Options(folder).Data));
        var first = table.Lock();
        var second = Task.Run(table.Lock, TestContext.Current.CancellationToken);
        Assert.Null(FileLock.TryTake(folder["t/lock"]));
        first.Dispose();
        (await second).Dispose();
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder["t"]));
    }

    [Fact]
    public void Bad_options_are_refused_before_anything_is_made()
    {
        using var folder = new TemporaryFolder();
        var options = Table1Case.Options(folder) with { Steps = 0 };
        Assert.Throws<RunException>(() => Table1Case.Reproduce(options, folder["t"], Table1Case.Rows("fixed-1-1")));
        Assert.False(Directory.Exists(folder["t"]));
    }

    [Fact]
    public void Only_folders_of_runs_of_the_table_are_found()
    {
        using var folder = new TemporaryFolder();
        var options = Table1Case.Options(folder);
        string[] names = ["fixed-1-1-seed-10", "fixed-1-1-seed-2", "em-15-1-seed-1", "em-15-1-seed-01", "em-15-1-seed--1", "em-15-1", "x"];
        foreach (string name in names)
            NewRunFolder.Create(new Disk(), folder[name], options);
        Directory.CreateDirectory(folder["em-5-1-seed-1"]);
        var found = new Table1Folder(folder.Path, options, PennTreebank.Load(options.Data)).Existing();
        Assert.Equal(["em-15-1-seed-1", "fixed-1-1-seed-2", "fixed-1-1-seed-10"], found.Select(run => run.Name));
        Assert.Empty(new Table1Folder(folder["none"], options, PennTreebank.Load(options.Data)).Existing());
    }

    [Theory]
    [InlineData(50_000, 1000)]
    [InlineData(200, 50)]
    [InlineData(1, 1)]
    public void Short_runs_have_checkpoints_in_their_middle_too(long steps, long every)
    {
        var options = Table1.Rows[0].Options(new PennTreebankOptions { Steps = steps });
        Assert.Equal(every, options.Intervals.CheckpointEvery);
    }
}
