using System.Text.Json.Nodes;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

/// <summary>Runs small trainings in folders and compares what they leave there.</summary>
internal static class RunCase
{
    public const int Steps = 24;

    /// <summary>
    /// The options of a small run: experiment and method, such as "toy em", then a key of compositions if it is not the datapoint, then
    /// "carried" for streams.
    /// </summary>
    public static RunOptions Options(string name, TemporaryFolder folder)
    {
        string[] words = name.Split(' ');
        string method = words[1];
        var key = words.Select(word => Enum.TryParse(word, ignoreCase: true, out CompositionKeys named) ? named : default).Max();
        bool isFixed = method == TrainingMethods.Fixed;
        RunOptions options = words[0] switch
        {
            ToyOptions.Name => new ToyOptions { Points = 60, Starts = 2, TrialSteps = 8, BatchSize = 16 },
            OptdigitsOptions.Name => Digits(folder),
            DigitsOptions.Name => new DigitsOptions { Data = GeneratedDigits.WriteTo(folder), BatchSize = 8, Threads = 1 },
            StreamOptions.Name => new StreamOptions { Data = GeneratedDigits.WriteTo(folder), BatchSize = 8, Threads = 1 },
            SwitchingOptions.Name => new SwitchingOptions { Size = 2, Length = 3, Sequences = 60, Hidden = 4, BatchSize = 16 },
            PlainTextOptions.Name => new PlainTextOptions { Data = SmallText.WriteTo(folder), Window = 5, Embedding = 4, Hidden = 3, BatchSize = 8 },
            _ => Text(folder, isCarried: words[^1] == "carried") with
            {
                Controller = key == CompositionKeys.Bigram ? ControllerKind.Table : ControllerKind.Linear,
            },
        };
        return options with
        {
            Method = method,
            Modules = isFixed ? 2 : 3,
            Picks = isFixed ? 2 : 1,
            TopK = options.TopK with { MixedModules = 2 },
            Em = new() { Samples = 2, MStepsPerEStep = 4, Key = key, KeyExchange = key == CompositionKeys.Bigram },
            Steps = Steps,
            Intervals = new() { LogEvery = 7, EvaluateEvery = 14, CheckpointEvery = 10 },
        };
    }

    /// <summary>Options of a language model whose validation perplexity goes up and down.</summary>
    public static RunOptions Unsteady(TemporaryFolder folder, long logEvery)
    {
        var options = Options("ptb em", folder);
        return options with
        {
            Steps = 60,
            Optimizer = options.Optimizer with { LearningRate = 0.8 },
            Intervals = options.Intervals with { LogEvery = logEvery, EvaluateEvery = 2 },
        };
    }

    /// <summary>Starts a run.</summary>
    public static bool Start(
        RunOptions options, string path, IRunObserver observer, CancellationTokenSource? stop = null) =>
        Train(options, NewRunFolder.Create(new Disk(), path, options), observer, resume: false, stop?.Token ?? CancellationToken.None);

    /// <summary>Goes on with a run.</summary>
    public static bool Resume(RunOptions options, string path) =>
        Train(options, RunFolder.Open(path), new Observer(), resume: true, CancellationToken.None);

    /// <summary>Runs to the end, from where the run is, and writes the summary as version 1.2.3.</summary>
    public static JsonObject Summarize(RunOptions options, string path) => Summarize(options, path, new Disk());

    /// <summary>The same, on a disk that may fail.</summary>
    public static JsonObject Summarize(RunOptions options, string path, IDisk disk)
    {
        using var workers = new WorkerPool(options.Threads);
        var experiment = BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers));
        var folder = RunFolder.Exists(path) ? RunFolder.Open(path) : NewRunFolder.Create(disk, path, options);
        var run = new TrainingRun(experiment, options, folder, disk, new Observer());
        run.Resume();
        Assert.True(run.Train(CancellationToken.None));
        return Read(run.Summarize("1.2.3"));
    }

    /// <summary>A record as files have it.</summary>
    public static JsonObject Read(object record) => JsonNode.Parse(RecordJson.Write(record))!.AsObject();

    /// <summary>Runs without a break.</summary>
    public static void Complete(RunOptions options, string path) => Assert.True(Start(options, path, new Observer()));

    /// <summary>Runs, and asks for a stop during a step.</summary>
    public static void StopAt(long step, RunOptions options, string path)
    {
        using var stop = new CancellationTokenSource();
        var observer = new Observer
        {
            OnProgress = taken =>
            {
                if (taken == step)
                    stop.Cancel();
            },
        };
        Assert.False(Start(options, path, observer, stop));
    }

    /// <summary>Runs, and ends during a step without any chance to save.</summary>
    public static void KillAt(long step, RunOptions options, string path)
    {
        var observer = new Observer
        {
            OnProgress = taken =>
            {
                if (taken == step)
                    throw new KilledException();
            },
        };
        Assert.Throws<KilledException>(() => Start(options, path, observer));
    }

    /// <summary>The lines of metrics without the time.</summary>
    public static string[] Metrics(string path) =>
        [.. File.ReadAllLines(Path.Join(path, "metrics.jsonl")).Select(WithoutTimes)];

    /// <summary>The lines of snapshots; none if nothing is selected.</summary>
    public static string[] Snapshots(string path) =>
        Path.Join(path, "snapshots.jsonl") is var file && File.Exists(file) ? File.ReadAllLines(file) : [];

    /// <summary>
    /// Asserts that two runs left the same metrics but for the time, the same snapshots, the same bits in their last
    /// checkpoints and in those of their best steps, and the same results where they have come to them.
    /// </summary>
    public static void AssertSame(string expected, string actual)
    {
        Assert.Equal(Metrics(expected), Metrics(actual));
        Assert.Equal(Snapshots(expected), Snapshots(actual));
        string step = $"step-{Steps:D9}";
        Assert.Equal(step, Directory.EnumerateFileSystemEntries(Path.Join(actual, "checkpoint")).Select(Path.GetFileName).Max());
        string[] checkpoint = [.. Files(expected, Path.Join("checkpoint", step))], best = [.. Files(expected, "best")];
        Assert.Equal(best, Files(actual, "best"));
        foreach (string file in checkpoint.Concat(best).Concat(Files(expected, "").Where(IsResult)))
            AssertSameFile(file, Path.Join(expected, file), Path.Join(actual, file));
    }

    /// <summary>Every file below a folder with its content.</summary>
    public static SortedDictionary<string, string> Snapshot(string path) => new(
        Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .ToDictionary(file => file, file => Convert.ToHexString(File.ReadAllBytes(file))),
        StringComparer.Ordinal);

    private static IEnumerable<string> Files(string run, string folder) => !Directory.Exists(Path.Join(run, folder))
        ? []
        : Directory.EnumerateFiles(Path.Join(run, folder), "*", folder.Length > 0 ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly)
            .Select(file => Path.GetRelativePath(run, file)).Order(StringComparer.Ordinal);

    private static bool IsResult(string file) => file is RunFiles.Summary or RunFiles.Inspection;

    private static void AssertSameFile(string file, string expected, string actual)
    {
        string name = Path.GetFileName(file);
        if (name == "manifest.json")
            return; // It has the checksum of the state, in which the time differs.
        if (name is "state.json" or RunFiles.Summary)
            Assert.Equal(WithoutTimes(File.ReadAllText(expected)), WithoutTimes(File.ReadAllText(actual)));
        else
            Assert.Equal(File.ReadAllBytes(expected), File.ReadAllBytes(actual));
    }

    private static OptdigitsOptions Digits(TemporaryFolder folder) => new()
    {
        Data = GeneratedDigits.WriteTo(folder),
        Controller = ImageController.Conv,
        ControllerFilters = 3,
        Filters = 2,
        Hidden = 5,
        BatchSize = 8,
        Shift = 1,
        Mirror = true,
    };

    private static PennTreebankOptions Text(TemporaryFolder folder, bool isCarried) => new()
    {
        Data = SmallText.WriteTo(folder),
        Window = 5,
        Embedding = 4,
        Hidden = 3,
        BatchSize = 8,
        Optimizer = new() { LearningRate = 0.01, LearningRateHalfLife = 20, WeightDecay = 0.1 },
        Dropout = 0.2,
        StateActivation = isCarried ? StateActivation.Tanh : StateActivation.Relu,
        TrainingState = isCarried ? WindowState.Carried : WindowState.Zero,
    };

    private static bool Train(
        RunOptions options, RunFolder folder, IRunObserver observer, bool resume, CancellationToken stop)
    {
        using var workers = new WorkerPool(options.Threads);
        var experiment = BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers));
        var run = new TrainingRun(experiment, options, folder, new Disk(), observer);
        if (resume)
            run.Resume();
        return run.Train(stop);
    }

    private static string WithoutTimes(string text)
    {
        var node = JsonNode.Parse(text)!.AsObject();
        Assert.True(node.Remove("seconds") || node.Remove("wallSeconds"));
        node.Remove("communicationSeconds");
        node.Remove("stepMilliseconds");
        // The checksums are of lines with their times.
        (node["record"] as JsonObject)?.Remove("files");
        node.Remove("peakResidentBytes");
        return node.ToJsonString();
    }

    /// <summary>Stands for the end of the process.</summary>
    private sealed class KilledException : Exception;

    /// <summary>Acts on progress.</summary>
    internal sealed class Observer : IRunObserver
    {
        public Action<long>? OnProgress { get; init; }

        public List<MetricsLine> Lines { get; } = [];

        public void Progress(long step, long total) => OnProgress?.Invoke(step);

        public void Logged(MetricsLine line) => Lines.Add(line);
    }
}
