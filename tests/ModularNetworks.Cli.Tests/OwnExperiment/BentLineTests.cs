using System.Text.Json.Nodes;
using ModularNetworks.Data;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Tests.OwnExperiment;

/// <summary>The experiment of <c>samples/OwnExperiment</c> in the commands. This assembly sees nothing internal of the library.</summary>
public sealed class BentLineTests
{
    private static readonly ExperimentCatalogue Experiments = new([.. BuiltInExperiments.Catalogue.Kinds, BentLine.Kind]);

    [Fact]
    public void An_experiment_of_ones_own_is_trained_and_measured_by_the_commands()
    {
        using var folder = new TemporaryFolder();
        string output = Run("train", "bent-line", "--out", folder["run"], "--set", "points=24", "--modules", "3");
        Assert.Contains("measured: test bend ", output, StringComparison.Ordinal);
        Assert.Contains("\"points\": 24", File.ReadAllText(folder["run/config.json"]), StringComparison.Ordinal);
        var summary = JsonNode.Parse(File.ReadAllText(folder["run/summary.json"]))!;
        var measured = JsonNode.Parse(Run("eval", folder["run"], "--json"))!;
        Assert.Equal(summary["test"]!.ToJsonString(), measured["test"]!.ToJsonString());
        Assert.Equal(3, summary["usage"]!.AsArray().Count);
        Assert.Contains("Learns a bent line.", Run("train", "--help"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_it_that_was_stopped_ends_like_one_that_was_not()
    {
        using var folder = new TemporaryFolder();
        Run("train", "bent-line", "--out", folder["whole"]);
        StopAt(17, folder["parts"]);
        var run = RunFolder.Open(folder["parts"]);
        Assert.Equal(17, run.Checkpoint.NewestStep);
        Assert.IsType<BentLine.Settings>(run.ReadOptions(Experiments));
        Run("train", "bent-line", "--out", folder["parts"], "--resume");
        Assert.Equal(Parameters(folder["whole"]), Parameters(folder["parts"]));
        Assert.Equal(Metrics(folder["whole"]), Metrics(folder["parts"]));
    }

    [Fact]
    public void A_run_of_an_experiment_that_is_not_known_is_refused_by_its_name()
    {
        using var folder = new TemporaryFolder();
        Run("train", "bent-line", "--out", folder["run"], "--steps", "1");
        var error = Assert.Throws<RunException>(() => RunFolder.Open(folder["run"]).ReadOptions(BuiltInExperiments.Catalogue));
        Assert.EndsWith("experiment is bent-line; toy, ptb, text, cifar10, optdigits, images, digits, rules, table, stream or switching was expected.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_experiment_without_inspection_cannot_be_inspected()
    {
        using var folder = new TemporaryFolder();
        Run("train", "bent-line", "--out", folder["run"], "--steps", "1");
        using var error = new StringWriter();
        var experiments = new ExperimentCatalogue(ExperimentKind.Of<BentLine.Settings>("Tells nothing.", (options, kernels) => new Silent(Experiments.Create(options, kernels), kernels)));
        Assert.Equal(2, Transcript.Run(["inspect", folder["run"]], new DataLocation(null, ""), TextWriter.Null, error, experiments));
        Assert.Contains("is a bent-line run, which tells nothing of its modules.", error.ToString(), StringComparison.Ordinal);
    }

    private static string Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = Transcript.Run(arguments, new DataLocation(null, ""), output, error, Experiments);
        Assert.Equal((0, ""), (exitCode, error.ToString()));
        return output.ToString();
    }

    private static void StopAt(long step, string path)
    {
        using var workers = new WorkerPool(1);
        using var stop = new CancellationTokenSource();
        var options = new BentLine.Settings();
        var run = new TrainingRun(
            Experiments.Create(options, SimdKernels.Create(workers)), options, NewRunFolder.Create(new Disk(), path, options), new Disk(),
            new Stopper(step, stop));
        Assert.False(run.Train(stop.Token));
    }

    private static byte[] Parameters(string run) => File.ReadAllBytes(
        Path.Join(Directory.EnumerateDirectories(Path.Join(run, "checkpoint")).Max(StringComparer.Ordinal), "parameters.safetensors"));

    private static IEnumerable<string> Metrics(string run) => File.ReadLines(Path.Join(run, "metrics.jsonl")).Select(line =>
    {
        var metrics = JsonNode.Parse(line)!.AsObject();
        metrics.Remove("seconds");
        return metrics.ToJsonString();
    });

    /// <summary>An experiment with what each must have, and nothing else.</summary>
    private sealed class Silent(Experiment told, Kernels kernels) : Experiment(kernels)
    {
        public override ITrainer Trainer => told.Trainer;

        public override IReadOnlyList<Parameter> Parameters => told.Parameters;

        public override Measurement Evaluate(string split) => told.Evaluate(split);
    }

    private sealed class Stopper(long last, CancellationTokenSource stop) : IRunObserver
    {
        public void Progress(long step, long total)
        {
            if (step == last)
                stop.Cancel();
        }

        public void Logged(MetricsLine line)
        {
        }
    }
}
