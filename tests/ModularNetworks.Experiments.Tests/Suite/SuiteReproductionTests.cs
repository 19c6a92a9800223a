using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments.Tests;

public sealed class SuiteReproductionTests
{
    [Fact]
    public void Every_row_has_its_trials_before_its_final_runs_and_ends_in_the_report()
    {
        using var folder = new TemporaryFolder();
        var events = new List<string>();
        Assert.True(SuiteCase.Reproduce(SuiteCase.Plan([SuiteCase.Task(folder)]), folder["s"], events: events));
        Assert.Equal(
            [
                "words.dense.trial-1-seed-0", "words.dense.trial-2-seed-0", "words.dense-seed-1", "words.dense-seed-2",
                "words.em-paper.trial-1-seed-0", "words.em-paper.trial-2-seed-0", "words.em-paper-seed-1", "words.em-paper-seed-2",
                "words.reinforce.trial-1-seed-0", "words.reinforce.trial-2-seed-0", "words.reinforce-seed-1", "words.reinforce-seed-2",
                "words.dense.longer.trial-1-seed-0", "words.dense.longer.trial-2-seed-0", "words.dense.longer-seed-1", "words.dense.longer-seed-2",
                "words.reinforce.longer.trial-1-seed-0", "words.reinforce.longer.trial-2-seed-0", "words.reinforce.longer-seed-1",
                "words.reinforce.longer-seed-2",
            ],
            events.Where(text => text.EndsWith(" from 0", StringComparison.Ordinal)).Select(text => text[..^7]));
        var report = SuiteCase.Report(folder["s"]);
        Assert.Equal(0, report["missingRuns"]!.GetValue<int>());
        Assert.Equal(
            ["dense prediction", "em-paper prediction", "reinforce prediction", "dense training", "em-paper training", "reinforce training"],
            report["rows"]!.AsArray().Select(row => $"{row!["method"]} {row["table"]}"));
        foreach (var row in report["rows"]!.AsArray())
            AssertValues(folder["s"], row!);
    }

    [Fact]
    public void A_row_begins_with_the_entries_that_readers_know()
    {
        using var folder = new TemporaryFolder();
        SuiteCase.Reproduce(SuiteCase.Plan([SuiteCase.Task(folder)], trials: 1), folder["s"]);
        var row = SuiteCase.Row(folder["s"], "em-paper").AsObject();
        Assert.Equal(
            [
                "task", "method", "modules", "picks", "metric", "higherIsBetter", "seeds", "mean", "interval", "differenceToDense",
                "predictionOperations", "trainingOperations", "selectionEntropy", "batchSelectionEntropy", "modulesUsed",
            ],
            row.Select(entry => entry.Key).Take(15));
        Assert.Equal(["mean", "interval"], row["differenceToDense"]!.AsObject().Select(entry => entry.Key));
        Assert.Equal(["command", "commit", "machine", "missingRuns", "rows"], SuiteCase.Report(folder["s"]).Select(entry => entry.Key));
        Assert.Equal((3, 1, 2), (row["modules"]!.GetValue<int>(), row["picks"]!.GetValue<int>(), row["seeds"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("words.dense.trial-1-seed-0", 5)]
    [InlineData("words.dense.trial-2-seed-0", 12)]
    [InlineData("words.em-paper-seed-1", 1)]
    [InlineData("words.dense.longer-seed-2", 9)]
    public void A_suite_that_was_killed_and_started_again_ends_with_the_same_report(string run, long step)
    {
        using var folder = new TemporaryFolder();
        var plan = SuiteCase.Plan([SuiteCase.Task(folder)]);
        Assert.True(SuiteCase.Reproduce(plan, folder["whole"]));
        Assert.Throws<KilledException>(() => SuiteCase.Reproduce(plan, folder["killed"], onProgress: (name, taken) =>
        {
            if (name == run && taken == step)
                throw new KilledException();
        }));
        Assert.True(SuiteCase.Reproduce(SuiteCase.Plan([SuiteCase.Task(folder)]), folder["killed"]));
        SuiteCase.AssertSame(folder["whole"], folder["killed"]);
        Assert.Equal(WithoutSeconds(folder["whole/suite.md"]), WithoutSeconds(folder["killed/suite.md"]));
    }

    [Fact]
    public void A_stop_leaves_checkpoints_and_the_same_suite_goes_on_from_them()
    {
        using var folder = new TemporaryFolder();
        var plan = SuiteCase.Plan([SuiteCase.Task(folder)]);
        Assert.True(SuiteCase.Reproduce(plan, folder["whole"]));
        using var stop = new CancellationTokenSource();
        Assert.False(SuiteCase.Reproduce(plan, folder["stopped"], stop: stop, onProgress: (name, taken) =>
        {
            if (name == "words.em-paper-seed-2" && taken == 5)
                stop.Cancel();
        }));
        Assert.Equal(["dense"], SuiteCase.Report(folder["stopped"])["rows"]!.AsArray().Select(row => row!["method"]!.GetValue<string>()));
        var events = new List<string>();
        Assert.True(SuiteCase.Reproduce(plan, folder["stopped"], events: events));
        Assert.Contains("words.em-paper-seed-2 from 5", events);
        SuiteCase.AssertSame(folder["whole"], folder["stopped"]);
    }

    [Fact]
    public void Runs_at_the_same_time_come_to_the_same_report()
    {
        using var folder = new TemporaryFolder();
        var plan = SuiteCase.Plan([SuiteCase.Task(folder), SuiteCase.Task(folder, "again")]);
        Assert.True(SuiteCase.Reproduce(plan, folder["one"]));
        Assert.True(SuiteCase.Reproduce(plan, folder["three"], jobs: 3));
        SuiteCase.AssertSame(folder["one"], folder["three"]);
    }

    [Fact]
    public void Rows_appear_when_all_of_their_seeds_are_finished_and_the_missing_runs_are_counted()
    {
        using var folder = new TemporaryFolder();
        var plan = SuiteCase.Plan([SuiteCase.Task(folder)]);
        string text = "";
        Assert.True(SuiteCase.Reproduce(plan, folder["s"], onProgress: (name, taken) =>
        {
            if (name == "words.em-paper-seed-2" && taken == 1)
                text = File.ReadAllText(folder["s/suite.md"]);
        }));
        Assert.Contains("13 runs are missing", text, StringComparison.Ordinal);
        Assert.Contains("\n| dense |", text, StringComparison.Ordinal);
        Assert.DoesNotContain("em-paper |", text, StringComparison.Ordinal);
        Assert.DoesNotContain("missing", File.ReadAllText(folder["s/suite.md"]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_covers_what_earlier_suites_left_in_the_folder()
    {
        using var folder = new TemporaryFolder();
        SuiteTask one = SuiteCase.Task(folder), other = SuiteCase.Task(folder, "again");
        var both = new SuiteCatalogue([one, other], SuiteCase.Methods);
        Assert.True(SuiteCase.Reproduce(SuiteCase.Plan([one], trials: 1, catalogue: both), folder["s"]));
        Assert.True(SuiteCase.Reproduce(SuiteCase.Plan([other], trials: 1, catalogue: both), folder["s"]));
        Assert.Equal(
            ["words", "again"], SuiteCase.Report(folder["s"])["rows"]!.AsArray().Select(row => row!["task"]!.GetValue<string>()).Distinct());
    }

    [Fact]
    public void Other_trials_that_choose_another_setting_do_not_mix_with_finished_runs()
    {
        using var folder = new TemporaryFolder();
        var task = SuiteCase.Task(folder, "words", new SuiteSetting(1e-6, 0), new SuiteSetting(1, 0));
        Assert.True(SuiteCase.Reproduce(SuiteCase.Plan([task], trials: 1), folder["s"]));
        var error = Assert.Throws<RunException>(() => SuiteCase.Reproduce(SuiteCase.Plan([task], trials: 2), folder["s"]));
        Assert.Contains("words.dense-seed-1 holds a run with other options: learningRate is ", error.Message, StringComparison.Ordinal);
    }

    private static void AssertValues(string path, JsonNode row)
    {
        string table = row["table"]!.GetValue<string>(), method = row["method"]!.GetValue<string>();
        string series = table == "training" && method != "em-paper" ? $"words.{method}.longer" : $"words.{method}";
        double[] expected = [.. Enumerable.Range(1, 2).Select(seed => SuiteCase.Summary(path, $"{series}-seed-{seed}", "test"))];
        Assert.Equal(expected, row["runs"]!["values"]!.AsArray().Select(value => value!.GetValue<double>()));
        Assert.Equal(expected.Average(), row["mean"]!.GetValue<double>());
        var interval = MeanInterval.Of(expected)!;
        Assert.Equal([interval.Low, interval.High], row["interval"]!.AsArray().Select(value => value!.GetValue<double>()));
    }

    private static IEnumerable<string> WithoutSeconds(string file) => File.ReadLines(file)
        .Where(line => !line.Contains(" cores, ", StringComparison.Ordinal))
        .Select(line => line.StartsWith('|') ? line[..line[..^2].LastIndexOf('|')] : line);

    /// <summary>Stands for the end of the process.</summary>
    private sealed class KilledException : Exception;
}
