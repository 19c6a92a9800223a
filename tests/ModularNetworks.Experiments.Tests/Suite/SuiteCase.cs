using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments.Tests;

/// <summary>A suite in little, on a generated text.</summary>
internal static class SuiteCase
{
    public const int Steps = 12;

    /// <summary>Where the numbers come from.</summary>
    public static Origin Origin { get; } = new("modnet reproduce suite", "suite", "1.2.3", new Machine("a processor", 2, "a system", "a runtime"));

    /// <summary>The methods: a baseline without modules, EM and REINFORCE.</summary>
    public static IReadOnlyList<SuiteMethod> Methods { get; } =
        [.. SuiteMethods.All.Where(method => method.Name is "dense" or "em-paper" or "reinforce")];

    /// <summary>A task on a generated text.</summary>
    public static SuiteTask Task(TemporaryFolder folder, string name = "words", params SuiteSetting[] settings)
    {
        var task = new SuiteTask(name, "a generated text", "perplexity", HigherIsBetter: false, Options(folder));
        return settings.Length > 0 ? task with { Settings = settings } : task;
    }

    /// <summary>The runs of a suite of some tasks, all of which are asked for.</summary>
    public static SuitePlan Plan(
        IReadOnlyList<SuiteTask> tasks, int seeds = 2, int trials = 2, IReadOnlyList<SuiteMethod>? methods = null, ExperimentCatalogue? experiments = null,
        SuiteCatalogue? catalogue = null) => new(
        catalogue ?? new SuiteCatalogue(tasks, Methods), new SuiteScope(tasks, methods ?? Methods, seeds, trials, Threads: 1),
        experiments ?? BuiltInExperiments.Catalogue);

    /// <summary>Trains the runs.</summary>
    public static bool Reproduce(
        SuitePlan plan, string path, int jobs = 1, Action<string, long>? onProgress = null, CancellationTokenSource? stop = null, List<string>? events = null)
    {
        var observer = new Observer(events ?? []) { OnProgress = onProgress };
        return Suite.Reproduction(new SuiteFolder(path, plan), new Disk(), Origin, observer).Run(plan.Runs, jobs, stop?.Token ?? CancellationToken.None);
    }

    /// <summary>The report in a folder, without times.</summary>
    public static JsonObject Report(string path)
    {
        var report = JsonNode.Parse(File.ReadAllText(Path.Join(path, "suite.json")))!.AsObject();
        report.Remove("wallSeconds");
        foreach (var row in report["rows"]!.AsArray())
            row!["runs"]!.AsObject().Remove("wallSeconds");
        return report;
    }

    /// <summary>The row of a method in a table.</summary>
    public static JsonNode Row(string path, string method, string table = "prediction") => Report(path)["rows"]!.AsArray()
        .Single(row => row!["method"]!.GetValue<string>() == method && row["table"]!.GetValue<string>() == table)!;

    /// <summary>Asserts that two folders hold the same report but for times, and the same bits in the parameters of all runs.</summary>
    public static void AssertSame(string expected, string actual)
    {
        Assert.Equal(Report(expected).ToJsonString(), Report(actual).ToJsonString());
        Assert.Equal(Parameters(expected), Parameters(actual));
    }

    /// <summary>A number that a run's summary has.</summary>
    public static double Summary(string path, string run, string split) =>
        JsonNode.Parse(File.ReadAllText(Path.Join(path, run, "summary.json")))![split]!["perplexity"]!.GetValue<double>();

    private static SortedDictionary<string, string> Parameters(string path) => new(
        Directory.EnumerateFiles(path, "parameters.safetensors", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(path, file), file => Convert.ToHexString(File.ReadAllBytes(file))),
        StringComparer.Ordinal);

    private static PennTreebankOptions Options(TemporaryFolder folder) => new()
    {
        Data = SmallText.WriteTo(folder),
        Modules = 3,
        Window = 5,
        Embedding = 4,
        Hidden = 3,
        BatchSize = 8,
        Optimizer = new() { LearningRate = 0.05 },
        Steps = Steps,
        Intervals = new() { LogEvery = 2, EvaluateEvery = 6, CheckpointEvery = 1000 },
    };

    /// <summary>Notes what it is told, and acts on progress.</summary>
    private sealed class Observer(List<string> events) : IReproductionObserver<SuiteSeries, SuiteResult>
    {
        public Action<string, long>? OnProgress { get; init; }

        public IRunObserver Started(SeedRun<SuiteSeries> run, long step)
        {
            Note($"{run.Name} from {step}");
            return new RunCase.Observer { OnProgress = taken => OnProgress?.Invoke(run.Name, taken) };
        }

        public void Finished(SeedRun<SuiteSeries> run, SuiteResult result, bool before) => Note($"{run.Name} {(before ? "was " : "")}finished");

        public void Stopped(SeedRun<SuiteSeries> run, long step) => Note($"{run.Name} stopped at {step}");

        public void Failed(SeedRun<SuiteSeries> run, string reason) => Note($"{run.Name} failed");

        private void Note(string text)
        {
            lock (events)
                events.Add(text);
        }
    }
}
