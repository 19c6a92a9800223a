using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments.Tests;

public sealed class Table1ReproductionTests
{
    private static readonly IEnumerable<Table1Row> Few = Table1Case.Rows("em-5-1", "reinforce-5-3", "fixed-1-1");

    [Fact]
    public void Every_row_becomes_a_run_folder_and_a_row_of_the_table()
    {
        using var folder = new TemporaryFolder();
        var options = Table1Case.Options(folder) with { Steps = 4 };
        var rows = Table1.Rows;
        Assert.True(Table1Case.Reproduce(options, folder["t"], rows));
        var table = Table1Case.Table(folder["t"])["rows"]!.AsArray();
        Assert.Equal(rows.Select(row => row.Name), table.Select(row => row!["row"]!["name"]!.GetValue<string>()));
        foreach (var (row, found) in rows.Zip(table))
        {
            var run = RunFolder.Open(folder[$"t/{row.Name}-seed-1"]);
            Assert.Equal(row.Options(options) with { Seed = 1 }, run.ReadOptions(BuiltInExperiments.Catalogue));
            Assert.Equal(4, run.Checkpoint.NewestStep);
            Assert.Equal(
                run.ReadSummary()!.Measured.Required("test", "perplexity"), found!["test"]!["mean"]!.GetValue<double>());
            Assert.Contains($"| {row.Title} | ", File.ReadAllText(folder["t/table1.md"]), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("em-5-1-seed-1", 1)]
    [InlineData("em-5-1-seed-1", 12)]
    [InlineData("reinforce-5-3-seed-1", 7)]
    [InlineData("fixed-1-1-seed-1", 9)]
    [InlineData("reinforce-5-3-seed-2", 2)]
    public void A_reproduction_that_was_killed_and_started_again_ends_with_the_same_table(string run, long step)
    {
        using var folder = new TemporaryFolder();
        var options = Table1Case.Options(folder);
        Assert.True(Table1Case.Reproduce(options, folder["whole"], Few, seeds: 2));
        var observer = new Table1Case.Observer
        {
            OnProgress = (name, taken) =>
            {
                if (name == run && taken == step)
                    throw new KilledException();
            },
        };
        Assert.Throws<KilledException>(() => Table1Case.Reproduce(options, folder["killed"], Few, seeds: 2, observer: observer));
        Assert.True(Table1Case.Reproduce(options, folder["killed"], Few, seeds: 2));
        Table1Case.AssertSame(folder["whole"], folder["killed"]);
    }

    [Fact]
    public void A_stop_leaves_checkpoints_and_the_same_reproduction_goes_on_from_them()
    {
        using var folder = new TemporaryFolder();
        var options = Table1Case.Options(folder);
        Assert.True(Table1Case.Reproduce(options, folder["whole"], Few));
        using var stop = new CancellationTokenSource();
        var observer = new Table1Case.Observer
        {
            OnProgress = (name, taken) =>
            {
                if (name == "reinforce-5-3-seed-1" && taken == 5)
                    stop.Cancel();
            },
        };
        Assert.False(Table1Case.Reproduce(options, folder["stopped"], Few, observer: observer, stop: stop));
        Assert.Equal(
            ["em-5-1-seed-1 from 0", "em-5-1-seed-1 finished", "reinforce-5-3-seed-1 from 0", "reinforce-5-3-seed-1 stopped at 5"],
            observer.Events);
        Assert.Single(Table1Case.Table(folder["stopped"])["rows"]!.AsArray());
        var second = new Table1Case.Observer();
        Assert.True(Table1Case.Reproduce(options, folder["stopped"], Few, observer: second));
        Assert.Equal(
            [
                "em-5-1-seed-1 was finished", "reinforce-5-3-seed-1 from 5", "reinforce-5-3-seed-1 finished",
                "fixed-1-1-seed-1 from 0", "fixed-1-1-seed-1 finished",
            ],
            second.Events);
        Table1Case.AssertSame(folder["whole"], folder["stopped"]);
    }

    [Fact]
    public void Runs_at_the_same_time_come_to_the_same_table()
    {
        using var folder = new TemporaryFolder();
        var options = Table1Case.Options(folder);
        Assert.True(Table1Case.Reproduce(options, folder["one"], Few, seeds: 2));
        var observer = new Table1Case.Observer();
        Assert.True(Table1Case.Reproduce(options, folder["three"], Few, seeds: 2, jobs: 3, observer));
        Assert.Equal(6, observer.Events.Count(text => text.EndsWith(" finished", StringComparison.Ordinal)));
        Table1Case.AssertSame(folder["one"], folder["three"]);
    }

    [Fact]
    public void What_is_finished_is_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var options = Table1Case.Options(folder);
        Assert.True(Table1Case.Reproduce(options, folder["t"], Few));
        var before = RunCase.Snapshot(folder["t"]);
        var observer = new Table1Case.Observer();
        Assert.True(Table1Case.Reproduce(options with { Threads = 2 }, folder["t"], Few, observer: observer));
        Assert.Equal(Few.Select(row => $"{row.Name}-seed-1 was finished"), observer.Events);
        Assert.Equal(before, RunCase.Snapshot(folder["t"]));
    }

    [Fact]
    public void More_steps_extend_what_is_finished_to_what_a_longer_run_comes_to()
    {
        using var folder = new TemporaryFolder();
        var options = Table1Case.Options(folder);
        Assert.True(Table1Case.Reproduce(options, folder["t"], Few));
        var observer = new Table1Case.Observer();
        Assert.True(Table1Case.Reproduce(options with { Steps = 20 }, folder["t"], Few, observer: observer));
        Assert.Equal("em-5-1-seed-1 from 12", observer.Events[0]);
        Assert.True(Table1Case.Reproduce(options with { Steps = 20 }, folder["whole"], Few));
        Table1Case.AssertSame(folder["whole"], folder["t"]);
    }

    [Fact]
    public void A_run_that_is_being_extended_is_not_in_the_table()
    {
        using var folder = new TemporaryFolder();
        var options = Table1Case.Options(folder);
        Assert.True(Table1Case.Reproduce(options, folder["t"], Table1Case.Rows("em-5-1", "fixed-1-1")));
        var observer = new Table1Case.Observer { OnProgress = (_, _) => throw new KilledException() };
        var longer = options with { Steps = 20 };
        Assert.Throws<KilledException>(
            () => Table1Case.Reproduce(longer, folder["t"], Table1Case.Rows("em-5-1"), observer: observer));
        Assert.True(Table1Case.Reproduce(longer, folder["t"], Table1Case.Rows("fixed-1-1")));
        var row = Assert.Single(Table1Case.Table(folder["t"])["rows"]!.AsArray())!;
        Assert.Equal("fixed-1-1", row["row"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public void The_table_covers_what_earlier_reproductions_left_in_the_folder()
    {
        using var folder = new TemporaryFolder();
        var options = Table1Case.Options(folder) with { Steps = 4 };
        Assert.True(Table1Case.Reproduce(options, folder["t"], Table1Case.Rows("fixed-1-1")));
        Assert.True(Table1Case.Reproduce(options, folder["t"], Table1Case.Rows("em-5-1"), seeds: 3));
        var rows = Table1Case.Table(folder["t"])["rows"]!.AsArray();
        Assert.Equal(["em-5-1", "fixed-1-1"], rows.Select(row => row!["row"]!["name"]!.GetValue<string>()));
        Assert.Equal([[1, 2, 3], [1]], rows.Select(row => row!["runs"]!.AsArray().Select(run => run!["seed"]!.GetValue<int>())));
        var tests = rows[0]!["runs"]!.AsArray().Select(run => run!["test"]!.GetValue<double>()).ToList();
        Assert.Equal(3, tests.Distinct().Count());
        var spread = new JsonObject { ["mean"] = tests.Average(), ["lowest"] = tests.Min(), ["highest"] = tests.Max() };
        Assert.Equal(spread.ToJsonString(), rows[0]!["test"]!.ToJsonString());
    }

    [Fact]
    public void A_training_that_diverges_does_not_keep_the_others_from_their_end()
    {
        using var folder = new TemporaryFolder();
        var options = Table1Case.Options(folder) with { Optimizer = new() { LearningRate = 1e30 } };
        var observer = new Table1Case.Observer();
        var error = Assert.Throws<RunException>(() => Table1Case.Reproduce(options, folder["t"], Few, observer: observer));
        Assert.StartsWith("em-5-1-seed-1: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(
            Few.SelectMany(row => (string[])[$"{row.Name}-seed-1 from 0", $"{row.Name}-seed-1 failed"]), observer.Events);
    }

    /// <summary>Stands for the end of the process.</summary>
    private sealed class KilledException : Exception;
}
