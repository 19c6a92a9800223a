using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments.Tests;

public sealed class SummaryTests
{
    [Fact]
    public void The_summary_holds_what_the_run_was_and_what_was_measured()
    {
        using var folder = new TemporaryFolder();
        RunCase.Summarize(RunCase.Options("ptb em", folder), folder["run"]);
        var summary = JsonNode.Parse(File.ReadAllText(folder["run/summary.json"]))!.AsObject();
        string[] expected =
        [
            "experiment", "method", "modules", "parallel", "seed", "steps", "train", "valid", "selectionEntropy",
            "batchSelectionEntropy", "timePooledBatchSelectionEntropy", "usage", "layers", "test", "best", "predictionOperations",
            "trainingOperations", "wallSeconds", "stepMilliseconds", "peakResidentBytes", "version", "simd", "threads",
        ];
        Assert.Equal(expected, summary.Select(part => part.Key));
        Assert.Equal("1.2.3", summary["version"]!.GetValue<string>());
        var last = JsonNode.Parse(File.ReadAllLines(folder["run/metrics.jsonl"])[^1])!;
        Assert.Equal(last["valid"]!.ToJsonString(), summary["valid"]!.ToJsonString());
        Assert.Equal(last["train"]!["logLikelihood"]!.ToJsonString(), summary["train"]!["logLikelihood"]!.ToJsonString());
    }

    [Fact]
    public void Test_data_are_measured_where_validation_is_best_and_the_summary_tells_the_best_step()
    {
        using var folder = new TemporaryFolder();
        // Steps that are too large, so that later measurements are worse than earlier ones.
        var options = RunCase.Unsteady(folder, logEvery: 2);
        var summary = RunCase.Summarize(options, folder["run"]);
        double best = double.PositiveInfinity, test = 0;
        long step = 0;
        foreach (string text in File.ReadAllLines(folder["run/metrics.jsonl"]))
        {
            var line = JsonNode.Parse(text)!;
            double valid = line["valid"]!["perplexity"]!.GetValue<double>();
            Assert.Equal(valid < best, line["test"] is not null);
            if (valid < best)
                (best, test, step) = (valid, line["test"]!["perplexity"]!.GetValue<double>(), line["step"]!.GetValue<long>());
        }
        Assert.InRange(step, 4, options.Steps - 2);
        Assert.Equal(
            new JsonObject { ["step"] = step, ["valid"] = best, ["test"] = test }.ToJsonString(), summary["best"]!.ToJsonString());
        Assert.NotEqual(test, summary["test"]!["perplexity"]!.GetValue<double>());
    }

    [Fact]
    public void The_toy_problem_has_no_validation_data_and_no_best_step()
    {
        using var folder = new TemporaryFolder();
        var summary = RunCase.Summarize(RunCase.Options("toy em", folder), folder["run"]);
        Assert.False(summary.ContainsKey("best"));
        Assert.NotNull(summary["solved"]);
    }

    [Fact]
    public void A_run_that_was_killed_between_its_last_checkpoint_and_its_summary_gets_the_same_summary()
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("ptb em", folder);
        var expected = RunCase.Summarize(options, folder["run"]);
        File.Delete(folder["run/summary.json"]);
        var actual = RunCase.Summarize(options, folder["run"]);
        foreach (string time in (string[])["wallSeconds", "stepMilliseconds", "peakResidentBytes"])
        {
            Assert.True(expected.Remove(time));
            Assert.True(actual.Remove(time));
        }
        Assert.Equal(expected.ToJsonString(), actual.ToJsonString());
    }
}
