using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments.Tests;

public sealed class DamagedCheckpointTests
{
    private const string Newest = "run/checkpoint/step-000000012/";

    public static TheoryData<string> Files =>
        ["parameters.safetensors", "optimizer.safetensors", "compositions.bin", "state.json"];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_missing_file_is_named(string file) => AssertRefused(file, File.Delete);

    [Theory]
    [MemberData(nameof(Files))]
    public void An_empty_file_is_refused(string file) => AssertRefused(file, path => File.WriteAllText(path, ""));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_that_was_cut_off_is_refused(string file) =>
        AssertRefused(file, path => File.WriteAllBytes(path, File.ReadAllBytes(path)[..^5]));

    [Theory]
    [MemberData(nameof(Files))]
    public void Another_kind_of_file_is_refused(string file) =>
        AssertRefused(file, path => File.WriteAllText(path, "[1, 2, 3] and many more, so that a header fits in"));

    [Fact]
    public void A_composition_of_modules_that_do_not_exist_is_refused() => AssertRefused("compositions.bin", path =>
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] = 3;
        File.WriteAllBytes(path, bytes);
    });

    [Fact]
    public void Every_flipped_bit_of_a_header_is_refused_or_harmless()
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("toy em", folder);
        RunCase.StopAt(12, options, folder["run"]);
        string path = folder[Newest + "parameters.safetensors"];
        byte[] whole = File.ReadAllBytes(path);
        for (int bit = 0; bit < 8 * 120; bit += 11)
        {
            byte[] damaged = [.. whole];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(path, damaged);
            var before = RunCase.Snapshot(folder["run"]);
            if (Record.Exception(() => RunCase.Resume(options with { Steps = 12 }, folder["run"])) is { } error)
            {
                Assert.IsType<CheckpointException>(error);
                Assert.Equal(before, RunCase.Snapshot(folder["run"]));
            }
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"seconds\":\"1\"}")]
    [InlineData("{\"seconds\":1,\"seconds\":2}")]
    public void A_state_that_says_something_else_is_refused(string text) =>
        AssertRefused("state.json", path => File.WriteAllText(path, text));

    [Theory]
    [InlineData("""{"steps":1,"steps":2}""")]
    [InlineData("5")]
    [InlineData("[]")]
    public void A_configuration_that_is_none_in_the_state_is_refused(string config) =>
        Assert.Throws<CheckpointException>(() => RunProgress.Parse(StateWith(config), "run"));

    [Theory]
    [InlineData("null")]
    [InlineData("{\"bytes\":-1,\"checksum\":\"00\"}")]
    [InlineData("{\"bytes\":1,\"checksum\":null}")]
    public void A_covered_file_without_a_length_or_a_checksum_is_refused(string part) =>
        Assert.Throws<CheckpointException>(() => RunProgress.Parse(StateWith($$$"""{"steps":1},"files":{"metrics.jsonl":{{{part}}}}"""), "run"));

    [Fact]
    public void A_state_tells_of_the_run_around_it() =>
        Assert.Equal(1, RunProgress.Parse(StateWith("""{"steps":1}"""), "run").Record!.Config!["steps"].GetInt32());

    [Fact]
    public void A_run_goes_on_from_the_checkpoint_before_if_the_newest_is_deleted()
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("ptb em", folder);
        RunCase.Complete(options, folder["whole"]);
        RunCase.StopAt(23, options, folder["run"]);
        Assert.Equal(
            ["step-000000020", "step-000000023"], Directory.EnumerateDirectories(folder["run/checkpoint"]).Select(Path.GetFileName).Order());
        Directory.Delete(folder["run/checkpoint/step-000000023"], recursive: true);
        Assert.True(RunCase.Resume(options, folder["run"]));
        RunCase.AssertSame(folder["whole"], folder["run"]);
    }

    [Fact]
    public void A_run_of_the_version_before_checksums_goes_on()
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("ptb em", folder);
        RunCase.Complete(options, folder["whole"]);
        RunCase.StopAt(12, options, folder["run"]);
        File.Delete(folder[Newest + "manifest.json"]);
        var state = JsonNode.Parse(File.ReadAllText(folder[Newest + "state.json"]))!.AsObject();
        Assert.True(state.Remove("record") && state.Remove("skipped"));
        File.WriteAllText(folder[Newest + "state.json"], state.ToJsonString());
        Assert.True(RunCase.Resume(options, folder["run"]));
        RunCase.AssertSame(folder["whole"], folder["run"]);
    }

    [Fact]
    public void A_checkpoint_of_a_later_version_is_refused_by_its_number()
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("toy em", folder);
        RunCase.StopAt(12, options, folder["run"]);
        File.WriteAllText(folder[Newest + "manifest.json"], """{"format":2,"parts":[]}""");
        AssertRefused(folder, options, "is of format 2; this version reads formats 0 to 1. Use the version of modnet that wrote it");
    }

    [Theory]
    [InlineData("metrics.jsonl", 15, "2 lines were")]
    [InlineData("metrics.jsonl", 12, "1 line was")]
    [InlineData("snapshots.jsonl", 15, "2 lines were")]
    public void Lines_that_were_lost_are_told(string file, int step, string written)
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("toy em", folder);
        RunCase.StopAt(step, options, folder["run"]);
        File.WriteAllText(folder[$"run/{file}"], "");
        var error = Assert.Throws<RunException>(() => RunCase.Resume(options, folder["run"]));
        Assert.Contains($"{file}: {written} written up to step {step}, 0 are there", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("metrics.jsonl")]
    [InlineData("snapshots.jsonl")]
    public void A_digit_that_was_changed_in_a_line_is_told(string file)
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("toy em", folder);
        RunCase.StopAt(15, options, folder["run"]);
        byte[] bytes = File.ReadAllBytes(folder[$"run/{file}"]);
        int digit = Array.LastIndexOf(bytes, (byte)'1');
        bytes[digit] = (byte)'2';
        File.WriteAllBytes(folder[$"run/{file}"], bytes);
        var before = RunCase.Snapshot(folder["run"]);
        var error = Assert.Throws<RunException>(() => RunCase.Resume(options, folder["run"]));
        Assert.StartsWith($"{folder[$"run/{file}"]}: {bytes.Length} bytes with checksum ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("are there. Restore the file, or delete the checkpoints and start again.", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, RunCase.Snapshot(folder["run"]));
    }

    [Fact]
    public void Lines_after_the_checkpoint_may_be_cut_off()
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("toy em", folder);
        RunCase.Start(options, folder["whole"], new RunCase.Observer());
        RunCase.KillAt(15, options, folder["run"]);
        string metrics = folder["run/metrics.jsonl"];
        File.WriteAllText(metrics, File.ReadAllText(metrics)[..^5]);
        Assert.True(RunCase.Resume(options, folder["run"]));
        RunCase.AssertSame(folder["whole"], folder["run"]);
    }

    [Theory]
    [InlineData("parameters.safetensors", "is damaged: ")]
    [InlineData("state.json", "is damaged: ")]
    [InlineData("manifest.json", "to go on without the best step's checkpoint.")]
    public void A_damaged_checkpoint_of_the_best_step_is_told(string file, string expected)
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Unsteady(folder, logEvery: 7);
        RunCase.StopAt(30, options, folder["run"]);
        string best = Directory.GetDirectories(folder["run/best"]).Single(), damaged = Path.Join(best, file);
        byte[] bytes = File.ReadAllBytes(damaged);
        bytes[^2] ^= 1;
        File.WriteAllBytes(damaged, bytes);
        var error = Assert.ThrowsAny<Exception>(() => RunCase.Resume(options, folder["run"]));
        Assert.Contains(damaged, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Directory.Delete(best, recursive: true);
        Assert.True(RunCase.Resume(options, folder["run"]));
    }

    [Fact]
    public void Data_that_were_changed_are_told_and_moved_ones_are_not()
    {
        using var folder = new TemporaryFolder();
        var options = (LanguageModelOptions)RunCase.Options("ptb em", folder);
        RunCase.StopAt(12, options, folder["run"]);
        Directory.Move(options.Data, folder["moved"]);
        var moved = options with { Data = folder["moved"] };
        Assert.True(RunCase.Resume(moved with { Steps = 13 }, folder["run"]));
        string train = Directory.EnumerateFiles(folder["moved"], "*train*").Single();
        string text = File.ReadAllText(train);
        int place = text.IndexOf(" a ", StringComparison.Ordinal) + 1;
        File.WriteAllText(train, string.Concat(text.AsSpan(0, place), "b", text.AsSpan(place + 1)));
        var error = Record.Exception(() => RunCase.Resume(moved, folder["run"]));
        Assert.NotNull(error);
        Assert.Contains("the data are not those that the run was trained on", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_were_changed_are_told_but_for_those_that_may_be_given_anew()
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("toy em", folder);
        RunCase.StopAt(12, options, folder["run"]);
        var before = RunCase.Snapshot(folder["run"]);
        var error = Assert.Throws<RunException>(() => RunCase.Resume(options with { Optimizer = options.Optimizer with { LearningRate = 0.5 } }, folder["run"]));
        Assert.Equal(
            $"{folder["run/config.json"]} is not the run's any more: learningRate is 0.5 there and 0.03 in the checkpoint of step 12. Restore it, or start "
            + "another run.",
            error.Message);
        Assert.Equal(before, RunCase.Snapshot(folder["run"]));
        Assert.True(RunCase.Resume(options with { Steps = 14, Threads = 2, Intervals = options.Intervals with { CheckpointEvery = 3 } }, folder["run"]));
    }

    [Fact]
    public void The_best_step_has_a_checkpoint_of_its_own()
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Unsteady(folder, logEvery: 7);
        var summary = RunCase.Summarize(options, folder["run"]);
        long best = summary["best"]!["step"]!.GetValue<long>();
        Assert.NotEqual(60, best);
        Assert.Equal(best, RunFolder.Open(folder["run"]).BestCheckpoint.NewestStep);
    }

    [Fact]
    public void A_checkpoint_of_another_model_is_refused()
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("toy em", folder);
        RunCase.StopAt(12, options, folder["run"]);
        // Options and data are told before tensors.
        var error = Assert.Throws<RunException>(() => RunCase.Resume(options with { Modules = 2 }, folder["run"]));
        Assert.Contains("modules is 2 there and 3 in the checkpoint of step 12", error.Message, StringComparison.Ordinal);
        // Checkpoints of earlier versions do not tell of them.
        File.Delete(folder[Newest + "manifest.json"]);
        var state = JsonNode.Parse(File.ReadAllText(folder[Newest + "state.json"]))!.AsObject();
        Assert.True(state.Remove("record"));
        File.WriteAllText(folder[Newest + "state.json"], state.ToJsonString());
        AssertRefused(folder, options with { Modules = 2 }, "modules.weight has shape [3, 2, 2] in the file, [2, 2, 2]");
        AssertRefused(folder, options with { Method = TrainingMethods.Fixed, Picks = 3 }, "holds 4 tensors, the model has 2");
        AssertRefused(folder, (ToyOptions)options with { Points = 61 }, "compositions");
    }

    private static void AssertRefused(string file, Action<string> damage)
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("toy em", folder);
        RunCase.StopAt(12, options, folder["run"]);
        damage(folder[Newest + file]);
        AssertRefused(folder, options, file);
        // What the checksums find would be found without them.
        File.Delete(folder[Newest + "manifest.json"]);
        AssertRefused(folder, options, file);
    }

    private static void AssertRefused(TemporaryFolder folder, RunOptions options, string message)
    {
        var before = RunCase.Snapshot(folder["run"]);
        var error = Assert.Throws<CheckpointException>(() => RunCase.Resume(options, folder["run"]));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(folder["run"], error.Message, StringComparison.Ordinal);
        Assert.Equal(before, RunCase.Snapshot(folder["run"]));
    }

    private static string StateWith(string config) =>
        """{"seconds":1,"lastLogLikelihood":0,"logLikelihood":0,"selectionLogProbability":0,"count":0,"record":{"config":""" + config + "}}";
}
