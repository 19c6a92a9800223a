using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments.Tests;

public sealed class Figure6Tests
{
    private const int Steps = 12;

    private static readonly Origin Origin = new(
        "modnet reproduce figure6", "small", "1.2.3", new Machine("a processor", 2, "a system", "a runtime"));

    [Fact]
    public void Every_variant_becomes_a_run_folder_and_a_curve_over_the_seeds()
    {
        using var folder = new TemporaryFolder();
        Assert.True(Reproduce(folder["f"], seeds: 2));
        var curves = Figure(folder["f"])["curves"]!.AsArray();
        Assert.Equal(
            ["em-linear", "em-conv", "fixed"], curves.Select(curve => curve!["variant"]!["name"]!.GetValue<string>()));
        foreach (var curve in curves)
        {
            Assert.Equal([1, 2], curve!["runs"]!.AsArray().Select(run => run!["seed"]!.GetValue<int>()));
            Assert.Equal([6, 12], curve["points"]!.AsArray().Select(point => point!["step"]!.GetValue<int>()));
            // 80 images in mini-batches of 20.
            Assert.Equal([1.5, 3], curve["points"]!.AsArray().Select(point => point!["epoch"]!.GetValue<double>()));
            AssertIsMeanOfRuns(curve, folder["f"]);
        }
        string text = File.ReadAllText(folder["f/figure6.md"]);
        Assert.Contains("| Training accuracy, epoch | 2 | 3 |", text, StringComparison.Ordinal);
        Assert.Contains("| EM, convolutional controller | 0.", text, StringComparison.Ordinal);
        Assert.Contains("modnet 1.2.3.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reproduction_that_was_stopped_and_started_again_ends_with_the_same_figure()
    {
        using var folder = new TemporaryFolder();
        Assert.True(Reproduce(folder["whole"], seeds: 1));
        using var stop = new CancellationTokenSource();
        Assert.False(Reproduce(folder["stopped"], seeds: 1, stop));
        Assert.False(File.Exists(folder["stopped/fixed-seed-1/summary.json"]));
        Assert.True(Reproduce(folder["stopped"], seeds: 1));
        Assert.Equal(Numbers(folder["whole"]), Numbers(folder["stopped"]));
    }

    [Fact]
    public void The_baseline_has_the_modules_that_the_others_use_at_once()
    {
        var shared = Options();
        Assert.Equal(
            [(4, 2), (4, 2), (2, 2)],
            Figure6.Variants.Select(variant => variant.Options(shared)).Select(options => (options.Modules, options.Picks)));
        Assert.All(Figure6.Variants, variant => variant.Options(shared).Validate());
    }

    private static void AssertIsMeanOfRuns(JsonNode curve, string path)
    {
        string name = curve["variant"]!["name"]!.GetValue<string>();
        double[] accuracies = [.. Enumerable.Range(1, 2)
            .Select(seed => RunFolder.Open(Path.Join(path, $"{name}-seed-{seed}")).ReadSummary()!)
            .Select(summary => summary.Measured.Required("train", "accuracy"))];
        var measured = curve["points"]!.AsArray()[^1]!["trainAccuracy"]!;
        Assert.Equal(accuracies.Average(), measured["mean"]!.GetValue<double>(), 1e-12);
        Assert.Equal(accuracies.Min(), measured["lowest"]!.GetValue<double>());
        Assert.Equal(accuracies.Max(), measured["highest"]!.GetValue<double>());
    }

    private static bool Reproduce(string path, int seeds, CancellationTokenSource? stop = null)
    {
        var folder = new Figure6Folder(path, Options(), SmallImages.Splits());
        return Figure6.Reproduction(folder, new Disk(), Origin, new Observer(stop))
            .Run(SeedRun.Of(Figure6.Variants, seeds), jobs: 1, stop?.Token ?? CancellationToken.None);
    }

    private static JsonObject Figure(string path) => JsonNode.Parse(File.ReadAllText(Path.Join(path, "figure6.json")))!.AsObject();

    private static string[] Numbers(string path) =>
        [.. Figure(path)["curves"]!.AsArray().Select(curve => curve!["points"]!.ToJsonString())];

    private static Cifar10Options Options() => new()
    {
        Modules = 4,
        Convolutions = 2,
        Hidden = 6,
        BatchSize = 20,
        Steps = Steps,
        Intervals = new() { LogEvery = 6, EvaluateEvery = 6, CheckpointEvery = 1000 },
        Em = new() { MStepsPerEStep = 4, Samples = 3 },
    };

    /// <summary>Asks for a stop in the middle of the second variant, if there is a stop.</summary>
    private sealed class Observer(CancellationTokenSource? stop) : IReproductionObserver<Figure6Variant, Figure6Result>
    {
        public IRunObserver Started(SeedRun<Figure6Variant> run, long step) => new RunCase.Observer
        {
            OnProgress = taken =>
            {
                if (run.Name == "em-conv-seed-1" && taken == 7)
                    stop?.Cancel();
            },
        };

        public void Finished(SeedRun<Figure6Variant> run, Figure6Result result, bool before) => Assert.Equal(Steps, result.Steps);

        public void Stopped(SeedRun<Figure6Variant> run, long step) => Assert.Equal(7, step);

        public void Failed(SeedRun<Figure6Variant> run, string reason) => Assert.Fail(reason);
    }
}
