using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Reporting.Tests;

public sealed class RunDataTests
{
    [Fact]
    public void A_short_run_is_given_whole_with_six_digits_a_number()
    {
        using var folder = new TemporaryFolder();
        string path = RunFiles.Write(folder, "run", lines: 10, snapshots: 3);
        File.WriteAllText(Path.Join(path, "summary.json"), """{"steps":10,"test":{"loss":1e-15}}""");

        var run = Json(RunData.Read(path, "mine", RunDetail.Full));

        Assert.Equal(
            ["name", "state", "config", "summary", "metrics", "metricsTotal", "snapshots", "inspection", "warnings"],
            run.Select(entry => entry.Key));
        Assert.Equal(("mine", "finished"), (run["name"]!.GetValue<string>(), run["state"]!.GetValue<string>()));
        Assert.Equal(RunFiles.Config, run["config"]!.ToJsonString());
        Assert.Equal("""{"steps":10,"test":{"loss":1E-15}}""", run["summary"]!.ToJsonString());
        Assert.Equal(10, run["metrics"]!.AsArray().Count);
        Assert.Equal(
            """{"step":10,"train":{"logLikelihood":-1.23457},"test":{"loss":0.125},"selectionEntropy":0.693147,"seconds":0.01}""",
            run["metrics"]![9]!.ToJsonString());
        Assert.Equal([0, 1, 2], Steps(run["snapshots"]!));
        Assert.Null(run["inspection"]);
        Assert.Empty(run["warnings"]!.AsArray());
    }

    [Fact]
    public void A_long_run_is_thinned_evenly_and_measurements_are_not_lost()
    {
        using var folder = new TemporaryFolder();
        var run = Json(RunData.Read(RunFiles.Write(folder, "run", lines: 20_000, snapshots: 100), "run", RunDetail.Full));
        Assert.Equal(20_000, run["metricsTotal"]!.GetValue<int>());
        int[] steps = Steps(run["metrics"]!);
        Assert.Equal(1000, steps.Length);
        Assert.Equal(steps.Order(), steps);
        Assert.Equal((1, 20_000), (steps[0], steps[^1]));
        int[] measured = [.. steps.Where(step => step % 10 == 0)];
        Assert.Equal(500, measured.Length);
        Assert.Equal((10, 20_000), (measured[0], measured[^1]));
        Assert.All(measured.Zip(measured.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 40, 50));
        int[] snapshots = Steps(run["snapshots"]!);
        Assert.Equal((25, 0, 99), (snapshots.Length, snapshots[0], snapshots[^1]));
    }

    [Fact]
    public void Lines_that_are_longer_than_what_is_read_at_once_are_whole()
    {
        using var folder = new TemporaryFolder();
        string path = RunFiles.Write(folder, "run", lines: 0);
        string name = new('x', 700_000);
        File.WriteAllText(Path.Join(path, "metrics.jsonl"), $$"""{"step":1}{{"\n"}}{"step":2,"{{name}}":3}{{"\n"}}{"step":3}{{"\n"}}""");
        var run = Json(RunData.Read(path, "run", RunDetail.Full));
        Assert.Equal([1, 2, 3], Steps(run["metrics"]!));
        Assert.Equal(3, run["metrics"]![1]![name]!.GetValue<int>());
    }

    [Fact]
    public void A_line_that_is_too_long_to_be_one_is_left_out_and_the_others_are_not()
    {
        using var folder = new TemporaryFolder();
        string path = RunFiles.Write(folder, "run", lines: 2);
        string spaces = new(' ', LineIndex.MostLineBytes);
        File.AppendAllText(Path.Join(path, "metrics.jsonl"), $"{{\"step\":3{spaces}{spaces}}}\n{RunFiles.Line(4)}\n{{\"step\":5{spaces}}}\n{RunFiles.Line(10)}\n");
        Assert.Equal([1, 2, 4, 10], Steps(Json(RunData.Read(path, "run", RunDetail.Full))["metrics"]!));
    }

    [Fact]
    public void A_torn_last_line_and_damaged_ones_are_left_out()
    {
        using var folder = new TemporaryFolder();
        string path = RunFiles.Write(folder, "run", lines: 3);
        File.AppendAllText(Path.Join(path, "metrics.jsonl"), "{\"step\":\n[4]\n{\"step\":5}\n{\"\\uD800\":1}\n{\"step\":6");
        var run = Json(RunData.Read(path, "run", RunDetail.Full));
        Assert.Equal([1, 2, 3, 5], Steps(run["metrics"]!));
        Assert.Equal(["4 of 8 lines read of metrics.jsonl are damaged, and left out."], Warnings(run));
    }

    [Fact]
    public void A_line_that_a_training_run_is_writing_is_no_damage()
    {
        using var folder = new TemporaryFolder();
        string path = RunFiles.Write(folder, "run", lines: 3);
        File.AppendAllText(Path.Join(path, "metrics.jsonl"), "{\"step\":4");
        using (RunFolder.Open(path).Lock())
            Assert.Empty(Warnings(Json(RunData.Read(path, "run", RunDetail.Full))));
        Assert.Equal(["1 of 4 lines read of metrics.jsonl is damaged, and left out."], Warnings(Json(RunData.Read(path, "run", RunDetail.Full))));
    }

    [Fact]
    public void A_damaged_line_in_the_middle_is_told_even_while_the_run_is_training()
    {
        using var folder = new TemporaryFolder();
        string path = RunFiles.Write(folder, "run", lines: 3);
        File.AppendAllText(Path.Join(path, "metrics.jsonl"), $"{{\"step\":\n{RunFiles.Line(5)}\n{{\"step\":6");
        using (RunFolder.Open(path).Lock())
            Assert.Equal(["1 of 5 lines read of metrics.jsonl is damaged, and left out."], Warnings(Json(RunData.Read(path, "run", RunDetail.Full))));
    }

    [Fact]
    public void A_run_is_training_while_its_lock_is_held_and_stopped_without_results()
    {
        using var folder = new TemporaryFolder();
        string path = RunFiles.Write(folder, "run", lines: 1);
        Assert.Equal(RunState.Stopped, RunData.Read(path, "run", RunDetail.Full).State);
        using (RunFolder.Open(path).Lock())
        {
            Assert.Equal(RunState.Training, RunData.Read(path, "run", RunDetail.Full).State);
            File.SetLastWriteTimeUtc(Path.Join(path, "lock"), DateTime.UtcNow.AddHours(-1));
            Assert.Equal(RunState.Training, RunData.Read(path, "run", RunDetail.Full).State);
        }
        Assert.Equal(RunState.Stopped, RunData.Read(path, "run", RunDetail.Full).State);
        File.WriteAllText(Path.Join(path, "lock"), "");
        File.SetLastWriteTimeUtc(Path.Join(path, "lock"), DateTime.UtcNow.AddHours(-1));
        Assert.Equal(RunState.Stopped, RunData.Read(path, "run", RunDetail.Full).State);
    }

    [Fact]
    public void Damaged_files_beside_the_configuration_are_told_and_left_out()
    {
        using var folder = new TemporaryFolder();
        string path = RunFiles.Write(folder, "run", lines: 1);
        File.WriteAllText(Path.Join(path, "summary.json"), "{");
        File.WriteAllText(Path.Join(path, "inspection.json"), "[1]");
        var run = Json(RunData.Read(path, "run", RunDetail.Full));
        Assert.Equal(
            ["summary.json is damaged, and left out.", "inspection.json is damaged, and left out."],
            Warnings(run));
        Assert.Equal("stopped", run["state"]!.GetValue<string>());
    }

    [Fact]
    public void A_damaged_configuration_and_other_folders_are_refused()
    {
        using var folder = new TemporaryFolder();
        string path = RunFiles.Write(folder, "run", lines: 1);
        File.WriteAllText(Path.Join(path, "config.json"), "not JSON");
        Assert.Contains("config.json: this is not a run's configuration", Refused(path), StringComparison.Ordinal);
        Assert.Contains("is not a run folder", Refused(folder["none"]), StringComparison.Ordinal);
    }

    [Fact]
    public void No_damage_ends_in_another_error()
    {
        using var folder = new TemporaryFolder();
        string path = RunFiles.Write(folder, "run", lines: 20, snapshots: 3);
        File.WriteAllText(Path.Join(path, "summary.json"), """{"steps":10,"test":{"loss":1e-15}}""");
        string[] files = ["config.json", "metrics.jsonl", "snapshots.jsonl", "summary.json"];
        byte[][] whole = [.. files.Select(file => File.ReadAllBytes(Path.Join(path, file)))];
        var key = RandomKey.FromSeed(5);
        int read = 0;
        for (ulong i = 0; i < 400; i++)
        {
            var draw = key.Split(i);
            int file = draw.Below(0, files.Length);
            byte[] damaged = [.. whole[file]];
            for (ulong change = 0; change < 3; change++)
                damaged[draw.Below(10 + change, damaged.Length)] = (byte)draw.Below(20 + change, 256);
            File.WriteAllBytes(Path.Join(path, files[file]), damaged[..draw.Below(30, damaged.Length + 1)]);
            try
            {
                Json(RunData.Read(path, "run", RunDetail.Full));
                read++;
            }
            catch (RunException)
            {
                // One clear line.
            }
            File.WriteAllBytes(Path.Join(path, files[file]), whole[file]);
        }
        Assert.InRange(read, 200, 399);
    }

    private static string Refused(string path) => Assert.Throws<RunException>(() => RunData.Read(path, "run", RunDetail.Full)).Message;

    private static string[] Warnings(JsonObject run) => [.. run["warnings"]!.AsArray().Select(warning => warning!.GetValue<string>())];

    private static int[] Steps(JsonNode lines) => [.. lines.AsArray().Select(line => line!["step"]!.GetValue<int>())];

    private static JsonObject Json(RunData run)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            run.WriteTo(writer);
        return JsonNode.Parse(Encoding.UTF8.GetString(stream.ToArray()))!.AsObject();
    }
}
