using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments.Tests;

public sealed class RunRecordsTests
{
    private static readonly Measurement Measured = new()
    {
        Splits = [SplitResult.Of("valid", ("perplexity", 2.5)), SplitResult.Of("train", ("accuracy", 0.75), ("storedAccuracy", null))],
        Selection = new SelectionMetrics
        {
            SelectionEntropy = 0.25,
            BatchSelectionEntropy = 0.5,
            Usage = new ModuleUsage([[0.5, 0.5], [1, 0]], IsOfOneLayer: false),
            Layers = [],
        },
    };

    /// <summary>A summary with all that there can be in one.</summary>
    internal static RunSummary Summary => new()
    {
        Experiment = "ptb",
        Method = TrainingMethods.Em,
        Modules = 2,
        Picks = 1,
        Seed = ulong.MaxValue,
        Steps = 9,
        Train = new LastSteps(-1.25),
        Measured = Measured,
        Best = new BestStep(4, 2.25, 3),
        SkippedSteps = 2,
        WallSeconds = 1.5,
        StepMilliseconds = new StepMilliseconds(0.5, 0),
        Environment = new RunEnvironment(1 << 20, "1.2.3", "Vector256", 2),
    };

    [Fact]
    public void A_line_has_the_modules_use_after_the_first_part_and_joins_what_is_told_of_training()
    {
        var line = new MetricsLine
        {
            Step = 7,
            Training = new() { Train = new() { LogLikelihood = -1.5, SelectionLogProbability = -2 }, SkippedSteps = 1, EStep = new(-3, 0.5, 2.5) },
            Measured = Measured,
            Warnings = ["look"],
            Seconds = 0.125,
        };
        Assert.Equal(
            """{"step":7,"train":{"logLikelihood":-1.5,"selectionLogProbability":-2,"accuracy":0.75,"storedAccuracy":null},"skippedSteps":1"""
            + ""","eStep":{"jointLogProbability":-3,"changedShare":0.5,"visits":2.5},"valid":{"perplexity":2.5},"selectionEntropy":0.25"""
            + ""","batchSelectionEntropy":0.5,"usage":[[0.5,0.5],[1,0]],"warnings":["look"],"seconds":0.125}""",
            RecordJson.Write(line));
    }

    [Fact]
    public void A_line_whose_steps_were_all_left_out_has_no_averages()
    {
        var line = new MetricsLine { Step = 3, Training = new() { SkippedSteps = 3 }, Seconds = 1 };
        Assert.Equal("""{"step":3,"skippedSteps":3,"seconds":1}""", RecordJson.Write(line));
    }

    [Fact]
    public void A_summary_is_read_as_it_was_written()
    {
        string written = RecordJson.Write(Summary);
        Assert.Equal(
            """{"experiment":"ptb","method":"em","modules":2,"parallel":1,"seed":18446744073709551615,"steps":9,"train":{"logLikelihood":-1.25"""
            + ""","accuracy":0.75,"storedAccuracy":null},"valid":{"perplexity":2.5},"selectionEntropy":0.25,"batchSelectionEntropy":0.5"""
            + ""","usage":[[0.5,0.5],[1,0]],"best":{"step":4,"valid":2.25,"test":3},"skippedSteps":2,"wallSeconds":1.5"""
            + ""","stepMilliseconds":{"m":0.5,"e":0},"peakResidentBytes":1048576,"version":"1.2.3","simd":"Vector256","threads":2}""",
            written);
        // Times of steps that were not taken are told from others.
        var read = Read(written);
        Assert.Equal((0.5, null), (read.StepMilliseconds.GradientStepIfAny, read.StepMilliseconds.EStepIfAny));
        Assert.Equal([2, 1], read.Measured.Selection!.Usage.Used);
        Assert.Equal(written, RecordJson.Write(read with { Measured = Measured }));
    }

    [Theory]
    [InlineData("experiment")]
    [InlineData("train")]
    [InlineData("stepMilliseconds")]
    [InlineData("simd")]
    [InlineData("batchSelectionEntropy")]
    public void A_summary_that_lacks_something_is_refused(string name)
    {
        var written = RunCase.Read(Summary);
        Assert.True(written.Remove(name));
        Assert.Equal($"it has no entry {name}.", Assert.Throws<FormatException>(() => Read(written.ToJsonString())).Message);
        written[name] = new JsonArray();
        Assert.Equal($"its entry {name} is of another kind than it must be.", Assert.Throws<FormatException>(() => Read(written.ToJsonString())).Message);
    }

    [Fact]
    public void Summaries_of_earlier_versions_are_read()
    {
        foreach (string name in (string[])["em-15-1", "reinforce-15-1", "topk-15-1", "cifar10", "toy"])
        {
            string path = Path.Join(ProjectRoot.Folder, "docs", "figures", "runs", name);
            Assert.NotEmpty(RunFolder.Open(path).ReadSummary()!.Measured.Of("test")!.Numbers);
        }
    }

    [Theory]
    [InlineData(1, 0.75)]
    [InlineData(2, null)] // The earlier measure took both picks together.
    public void The_time_pooled_entropy_is_found_under_its_earlier_name_where_it_is_the_same(int picks, double? expected)
    {
        using var folder = new TemporaryFolder();
        var summary = RunCase.Read(Summary);
        summary["parallel"] = picks;
        summary["pooledBatchSelectionEntropy"] = 0.75;
        summary["layers"] = JsonNode.Parse(
            """[{"name":"gru","modules":2,"pooledBatchSelectionEntropy":0.75,"effectiveModules":1,"deadModules":[]}]""");
        File.WriteAllText(folder["config.json"], "{}");
        File.WriteAllText(folder["summary.json"], summary.ToJsonString());
        var read = RunFolder.Open(folder.Path).ReadSummary()!.Measured.Selection!;
        Assert.Equal(expected, read.TimePooledBatchSelectionEntropy);
        Assert.Equal(expected, read.Layers[0].TimePooledBatchSelectionEntropy);
    }

    private static RunSummary Read(string text) => RecordJson.Read<RunSummary>(StrictJson.Parse(text));
}
