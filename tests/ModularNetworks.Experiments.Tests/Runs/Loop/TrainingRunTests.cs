using System.Text.Json.Nodes;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class TrainingRunTests
{
    public static TheoryData<string> Cases =>
    [
        "toy em", "toy reinforce", "toy topk", "toy fixed", "ptb em", "ptb reinforce", "ptb topk", "ptb fixed", "ptb em carried", "ptb fixed carried",
        "ptb em token", "ptb em bigram", "ptb em bigram carried", "toy expected", "ptb expected", "text em",
        "optdigits em", "optdigits reinforce", "optdigits topk", "optdigits fixed",
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Metrics_are_written_every_so_many_steps_and_after_the_last(string name)
    {
        using var folder = new TemporaryFolder();
        var observer = new RunCase.Observer();
        Assert.True(RunCase.Start(RunCase.Options(name, folder), folder["run"], observer));
        var lines = File.ReadAllLines(folder["run/metrics.jsonl"]);
        Assert.Equal(observer.Lines.Select(line => RecordJson.Write(line)), lines);
        Assert.Equal([7, 14, 21, 24], observer.Lines.Select(line => line.Step));
        bool isToy = name.StartsWith("toy", StringComparison.Ordinal), isText = name.Split(' ')[0] is "ptb" or "text";
        bool isEm = name.Contains("em", StringComparison.Ordinal), selects = !name.Contains("fixed", StringComparison.Ordinal);
        foreach (var line in observer.Lines.Select(RunCase.Read))
        {
            bool measured = line["step"]!.GetValue<long>() is 14 or 24;
            string[] expected =
            [
                "step", "train", .. Some(isEm, "eStep"), .. Some(measured, isText ? "valid" : "test"),
                .. Some(measured && (selects || isToy), "selectionEntropy", "batchSelectionEntropy"),
                .. Some(measured && selects && isText, "timePooledBatchSelectionEntropy"),
                .. Some(measured && (selects || isToy), "usage"), .. Some(measured && selects, "layers"),
                .. Some(measured && isText, "test"), "seconds",
            ];
            Assert.Equal(expected, line.Select(part => part.Key));
            Assert.Equal(
                [
                    "logLikelihood", "selectionLogProbability", .. Some(measured && !isToy && !isText, "accuracy"),
                    .. Some(measured && !isToy && !isText && isEm, "storedAccuracy"),
                ],
                line["train"]!.AsObject().Select(part => part.Key));
        }
    }

    [Fact]
    public void Measurements_do_not_wait_for_the_next_line_of_metrics()
    {
        using var folder = new TemporaryFolder();
        var observer = new RunCase.Observer();
        var options = RunCase.Options("toy em", folder) with { Intervals = new() { LogEvery = 7, EvaluateEvery = 10, CheckpointEvery = 10 } };
        Assert.True(RunCase.Start(options, folder["run"], observer));
        Assert.Equal([7, 10, 14, 20, 21, 24], observer.Lines.Select(line => line.Step));
        Assert.Equal(
            [10, 20, 24], observer.Lines.Where(line => line.Measured?.Of("test") is not null).Select(line => line.Step));
    }

    [Theory]
    [InlineData("ptb em", EStepCandidates.Exhaustive, "--set candidates=exhaustive: ")]
    [InlineData("toy em", EStepCandidates.Greedy, "--set candidates=greedy: ")]
    public void Candidates_that_do_not_fit_the_network_are_refused(string name, EStepCandidates candidates, string message)
    {
        using var folder = new TemporaryFolder();
        using var workers = new WorkerPool(1);
        var options = RunCase.Options(name, folder) with { Em = new() { Candidates = candidates, Samples = 2, MStepsPerEStep = 4 }, Modules = 8 };
        var error = Assert.Throws<RunException>(() => BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers)));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Soft_EM_is_refused_for_sequences()
    {
        using var folder = new TemporaryFolder();
        using var workers = new WorkerPool(1);
        var options = RunCase.Options("ptb em", folder);
        options = options with { Em = options.Em with { SoftUntil = 5 } };
        var error = Assert.Throws<RunException>(() => BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers)));
        Assert.StartsWith("--set softUntil: Soft EM: the network is recurrent", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Methods_that_score_all_selections_are_refused_where_there_are_too_many()
    {
        using var folder = new TemporaryFolder();
        using var workers = new WorkerPool(1);
        Assert.StartsWith("--set key=token: EM by key, selections of a key: there are 6.86E+03", Refusal("ptb em token", 0), StringComparison.Ordinal);
        Assert.StartsWith("--method expected: Expected scores, selections: there are 6.86E+03", Refusal("ptb expected", 0), StringComparison.Ordinal);
        Assert.StartsWith("--set expectedAfter: Expected scores, selections: there are 6.86E+03", Refusal("ptb em", 5), StringComparison.Ordinal);

        string Refusal(string name, long expectedAfter)
        {
            var options = RunCase.Options(name, folder) with { Modules = 19, Picks = 3, Expected = new() { ExpectedAfter = expectedAfter } };
            return Assert.Throws<RunException>(() => BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers))).Message;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_run_that_was_stopped_and_resumed_ends_like_one_that_was_not(string name)
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options(name, folder);
        RunCase.Complete(options, folder["whole"]);
        foreach (int step in (int[])[1, 4, 5, 7, 10, 13, 14, 20, 23])
        {
            string run = folder[$"stopped at {step}"];
            RunCase.StopAt(step, options, run);
            Assert.True(RunCase.Resume(options, run));
            RunCase.AssertSame(folder["whole"], run);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_run_that_was_killed_goes_on_from_its_last_checkpoint(string name)
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options(name, folder);
        RunCase.Complete(options, folder["whole"]);
        RunCase.KillAt(17, options, folder["killed"]);
        // A checkpoint that was being written, one that was being deleted, and a line that was cut off.
        Directory.CreateDirectory(folder["killed/checkpoint/step-000000020.writing"]);
        File.WriteAllText(folder["killed/checkpoint/step-000000020.writing/parameters.safetensors"], "cut");
        Directory.CreateDirectory(folder["killed/checkpoint/step-000000005"]);
        File.AppendAllText(folder["killed/metrics.jsonl"], "{\"step\":18,\"tra");
        File.WriteAllText(folder["killed/metrics.jsonl.writing"], "{");
        Assert.Equal([7, 14], File.ReadAllLines(folder["killed/metrics.jsonl"])[..2].Select(
            line => JsonNode.Parse(line)!["step"]!.GetValue<int>()));
        Assert.True(RunCase.Resume(options, folder["killed"]));
        RunCase.AssertSame(folder["whole"], folder["killed"]);
    }

    [Fact]
    public void A_run_that_was_killed_before_its_first_checkpoint_starts_over()
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("toy em", folder);
        RunCase.Complete(options, folder["whole"]);
        RunCase.KillAt(8, options, folder["killed"]);
        Assert.Single(RunCase.Metrics(folder["killed"]));
        Assert.True(RunCase.Resume(options, folder["killed"]));
        RunCase.AssertSame(folder["whole"], folder["killed"]);
    }

    [Fact]
    public void A_stop_right_after_a_checkpoint_leaves_that_checkpoint_alone()
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("toy em", folder);
        string state = folder["run/checkpoint/step-000000010/state.json"];
        using var stop = new CancellationTokenSource();
        var observer = new RunCase.Observer
        {
            OnProgress = step =>
            {
                if (step != 10)
                    return;
                File.AppendAllText(state, " ");
                stop.Cancel();
            },
        };
        Assert.False(RunCase.Start(options, folder["run"], observer, stop));
        Assert.EndsWith(" ", File.ReadAllText(state), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ptb em")]
    [InlineData("ptb fixed")]
    public void A_run_does_not_depend_on_the_number_of_threads(string name)
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options(name, folder);
        foreach (int threads in (int[])[1, 2, 3])
            RunCase.Complete(options with { Threads = threads }, folder[$"{threads}"]);
        RunCase.AssertSame(folder["1"], folder["2"]);
        RunCase.AssertSame(folder["1"], folder["3"]);
    }

    [Fact]
    public void A_finished_run_can_be_given_more_steps_but_not_fewer()
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("toy em", folder);
        RunCase.Complete(options with { Steps = 20 }, folder["run"]);
        var before = RunCase.Snapshot(folder["run"]);
        var error = Assert.Throws<RunException>(() => RunCase.Resume(options with { Steps = 19 }, folder["run"]));
        Assert.Contains("has taken 20 steps; --steps 19 is less", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, RunCase.Snapshot(folder["run"]));
        Assert.True(RunCase.Resume(options, folder["run"]));
        Assert.Equal(options, RunFolder.Open(folder["run"]).ReadOptions(BuiltInExperiments.Catalogue));
        RunCase.Complete(options, folder["whole"]);
        const string Parameters = "checkpoint/step-000000024/parameters.safetensors";
        Assert.Equal(
            File.ReadAllBytes(folder["whole/" + Parameters]), File.ReadAllBytes(folder["run/" + Parameters]));
    }

    private static string[] Some(bool condition, params string[] names) => condition ? names : [];
}
