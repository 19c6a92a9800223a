using System.Text;
using System.Text.RegularExpressions;
using ModularNetworks.Data;

namespace ModularNetworks.Cli.Tests;

/// <summary>Training with event files.</summary>
public sealed partial class TensorBoardTests : IDisposable
{
    private static readonly string[] Short =
        ["train", "toy", "--set", "starts=1", "--set", "trialSteps=10", "--set", "points=40", "--set", "evaluateEvery=10"];

    private readonly string _folder = Directory.CreateTempSubdirectory("modnet-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Event_files_change_nothing_else()
    {
        Train([.. Short, "--steps", "30", "--out", At("plain")]);
        Train([.. Short, "--steps", "30", "--out", At("logged"), "--tensorboard"]);
        Assert.False(Directory.Exists(At("plain/tensorboard")));
        Assert.Equal(File.ReadAllText(At("plain/config.json")), File.ReadAllText(At("logged/config.json")));
        Assert.Equal(WithoutSeconds("plain/metrics.jsonl"), WithoutSeconds("logged/metrics.jsonl"));
        string events = Encoding.Latin1.GetString(File.ReadAllBytes(Assert.Single(EventFiles("logged"))));
        // The version, and a record each of four snapshots and three lines.
        Assert.StartsWith("brain.Event:2", events[23..], StringComparison.Ordinal);
        Assert.Equal(4, Count(events, "IHDR"));
        Assert.Equal(3, Count(events, "test/loss"));
    }

    [Fact]
    public void A_run_that_goes_on_writes_another_file()
    {
        Train([.. Short, "--steps", "20", "--out", At("run"), "--tensorboard"]);
        Train("train", "toy", "--out", At("run"), "--resume", "--steps", "30", "--tensorboard");
        string[] files = EventFiles("run");
        Assert.Equal(2, files.Length);
        Assert.Equal(1, Count(Encoding.Latin1.GetString(File.ReadAllBytes(files[1])), "test/loss"));
        Train("train", "toy", "--out", At("run"), "--resume", "--steps", "40");
        Assert.Equal(files, EventFiles("run"));
    }

    [Fact]
    public void A_run_that_cannot_go_on_leaves_no_file()
    {
        Train([.. Short, "--steps", "20", "--out", At("run")]);
        File.WriteAllText(Path.Join(Directory.GetDirectories(At("run/checkpoint")).Single(), "state.json"), "{");
        using var error = new StringWriter();
        Assert.Equal(ExitCode.BadInput, Run(["train", "toy", "--out", At("run"), "--resume", "--tensorboard"], error));
        Assert.False(Directory.Exists(At("run/tensorboard")));
    }

    private static int Run(string[] arguments, TextWriter error) =>
        Transcript.Run(arguments, new DataLocation(DataFolder: null, CacheFolder: "/no-cache"), TextWriter.Null, error);

    private static void Train(params string[] arguments)
    {
        using var error = new StringWriter();
        Assert.True(Run(arguments, error) == ExitCode.Success, error.ToString());
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private string[] EventFiles(string run) =>
        [.. Directory.GetFiles(At($"{run}/tensorboard")).Order(StringComparer.Ordinal)];

    private string WithoutSeconds(string name) => Seconds().Replace(File.ReadAllText(At(name)), "");

    private string At(string name) => Path.Join(_folder, name);

    [GeneratedRegex("\"seconds\":[^,}]*")]
    private static partial Regex Seconds();
}
