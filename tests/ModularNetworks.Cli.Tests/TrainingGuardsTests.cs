using ModularNetworks.Data;

namespace ModularNetworks.Cli.Tests;

/// <summary>Tests of what a user is told of a training that goes wrong.</summary>
public sealed class TrainingGuardsTests : IDisposable
{
    private static readonly string[] Small =
        ["train", "toy", "--set", "starts=1", "--set", "points=40", "--set", "batchSize=8", "--set", "checkpointEvery=1"];

    private readonly string _folder = Directory.CreateTempSubdirectory("modnet-").FullName;
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Dead_modules_are_warned_of_once_also_by_a_run_that_goes_on()
    {
        string[] often = ["--set", "evaluateEvery=10", "--modules", "8"];
        Assert.Equal(ExitCode.Success, Run([.. Small, .. often, "--steps", "60"]));
        Assert.Single(Warnings());
        Assert.StartsWith("warning: layer layer has ", Warnings()[0], StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, Run("train", "toy", "--resume", "--steps", "100"));
        Assert.Single(Warnings());
    }

    [Fact]
    public void A_loss_that_is_not_finite_names_the_step_the_datapoints_and_the_last_checkpoint_which_is_good()
    {
        Assert.Equal(ExitCode.BadInput, Run([.. Small, "--set", "learningRate=1e25"]));
        string line = Assert.Single(_error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches(@"^modnet: Training: the loss is Infinity at step 2, with datapoints \d+(, \d+){7}\. The last checkpoint is that of step 1\. ", line);
        Assert.Equal(["step-000000001"], Directory.GetDirectories(At("checkpoint")).Select(Path.GetFileName));
    }

    [Fact]
    public void Steps_that_are_left_out_are_counted_and_a_measurement_that_is_not_finite_is_told_with_its_step()
    {
        Assert.Equal(
            ExitCode.BadInput,
            Run([.. Small, "--set", "learningRate=1e25", "--set", "skipNonFinite=true", "--set", "evaluateEvery=1000", "--set", "logEvery=5", "--steps", "10"]));
        Assert.Contains("   skipped 4\n", _output.ToString(), StringComparison.Ordinal);
        Assert.StartsWith(
            "modnet: Evaluation: test.loss is Infinity after step 10. The last checkpoint is that of step 9. ", _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("logEvery=10", @"\d+0\. There is no checkpoint yet\.")]
    [InlineData("checkpointEvery=1", @"\d+\. The last checkpoint is that of step \d+\.")]
    public void An_average_that_is_not_finite_is_told_where_it_would_be_written(string every, string where)
    {
        string[] diverging = ["train", "toy", "--set", "starts=1", "--set", "learningRate=1e30", "--set", "skipNonFinite=true", "--steps", "100"];
        Assert.Equal(ExitCode.BadInput, Run([.. diverging, "--set", every]));
        string line = Assert.Single(_error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches($@"^modnet: Training: eStep\.jointLogProbability is -Infinity after step {where} Lower the learning rate .*, in a new run\.$", line);
        Assert.All(
            Directory.EnumerateFiles(At(""), "*.json*", SearchOption.AllDirectories),
            file => Assert.DoesNotContain("Infinity", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public void A_random_start_that_diverges_gives_the_advice_that_a_training_gives()
    {
        Assert.Equal(ExitCode.BadInput, Run("train", "toy", "--set", "learningRate=1e30", "--steps", "100"));
        Assert.EndsWith(
            ". There is no checkpoint yet. Lower the learning rate with --set learningRate=..., limit gradients with --set maxGradientNorm=1, or leave "
            + "such mini-batches out with --set skipNonFinite=true, in a new run.\n",
            _error.ToString(),
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(At("")));
    }

    [Fact]
    public void An_output_that_fails_is_not_put_down_to_the_run_folder()
    {
        using var full = new FullWriter();
        string[] arguments = [.. Small, "--steps", "5", "--set", "logEvery=5", "--out", At("")];
        Assert.Equal(ExitCode.BadInput, Transcript.Run(arguments, new DataLocation(DataFolder: null, CacheFolder: "/no-cache"), full, _error));
        Assert.StartsWith("modnet: standard output: No space left on device. Lead it elsewhere", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, Run("train", "toy", "--resume"));
    }

    private string[] Warnings() =>
        [.. _output.ToString().Split('\n').Where(line => line.StartsWith("warning: ", StringComparison.Ordinal))];

    private string At(string name) => Path.Join(_folder, "run", name);

    private int Run(params string[] arguments) =>
        Transcript.Run([.. arguments, "--out", At("")], new DataLocation(DataFolder: null, CacheFolder: "/no-cache"), _output, _error);
}
