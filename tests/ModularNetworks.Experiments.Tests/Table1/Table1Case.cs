using System.Text.Json.Nodes;
using ModularNetworks.Data;

namespace ModularNetworks.Experiments.Tests;

/// <summary>Reproduces the table in little, on a generated text.</summary>
internal static class Table1Case
{
    public const int Steps = 12;

    // Times differ between any two runs.
    private static readonly string[] Times = ["wallSeconds", "stepMilliseconds", "eStepMilliseconds"];

    /// <summary>Where the numbers of the table come from.</summary>
    public static Origin Origin { get; } = new(
        "modnet reproduce table1", "small", "1.2.3", new Machine("a processor", 2, "a system", "a runtime"));

    /// <summary>The options that all rows have in common.</summary>
    public static PennTreebankOptions Options(TemporaryFolder folder) => new()
    {
        Data = SmallText.WriteTo(folder),
        Window = 5,
        Embedding = 4,
        Hidden = 3,
        BatchSize = 8,
        Optimizer = new() { LearningRate = 0.05 },
        Em = new() { Samples = 2, MStepsPerEStep = 4 },
        Steps = Steps,
        Intervals = new() { LogEvery = 2, EvaluateEvery = 6, CheckpointEvery = 1000 },
    };

    /// <summary>Rows by their names.</summary>
    public static IEnumerable<Table1Row> Rows(params string[] names) => names.Select(name => Table1.Rows.Single(row => row.Name == name));

    /// <summary>Trains runs of some rows.</summary>
    public static bool Reproduce(
        LanguageModelOptions options,
        string path,
        IEnumerable<Table1Row> rows,
        int seeds = 1,
        int jobs = 1,
        Observer? observer = null,
        CancellationTokenSource? stop = null)
    {
        var folder = new Table1Folder(path, options, PennTreebank.Load(options.Data));
        return Table1.Reproduction(folder, new Disk(), Origin, observer ?? new Observer())
            .Run(SeedRun.Of(rows, seeds), jobs, stop?.Token ?? CancellationToken.None);
    }

    /// <summary>The table in a folder.</summary>
    public static JsonObject Table(string path) => JsonNode.Parse(File.ReadAllText(Path.Join(path, "table1.json")))!.AsObject();

    /// <summary>Asserts that two folders hold the same table but for times, and the same bits in the parameters of all runs.</summary>
    public static void AssertSame(string expected, string actual)
    {
        Assert.Equal(WithoutTimes(Table(expected)).ToJsonString(), WithoutTimes(Table(actual)).ToJsonString());
        Assert.Equal(Parameters(expected), Parameters(actual));
    }

    private static SortedDictionary<string, string> Parameters(string path) => new(
        Directory.EnumerateFiles(path, "parameters.safetensors", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(path, file), file => Convert.ToHexString(File.ReadAllBytes(file))),
        StringComparer.Ordinal);

    private static JsonNode WithoutTimes(JsonNode node)
    {
        foreach (var part in node is JsonObject parts ? parts.Select(part => part.Value) : node is JsonArray items ? items : [])
        {
            if (part is not null)
                WithoutTimes(part);
        }
        foreach (string time in Times)
            (node as JsonObject)?.Remove(time);
        return node;
    }

    /// <summary>Notes what it is told, and acts on progress.</summary>
    internal sealed class Observer : IReproductionObserver<Table1Row, RunResult>
    {
        private readonly Lock _gate = new();

        /// <summary>Is called with a run's name and step after every step.</summary>
        public Action<string, long>? OnProgress { get; init; }

        /// <summary>The events, in order.</summary>
        public List<string> Events { get; } = [];

        public IRunObserver Started(SeedRun<Table1Row> run, long step)
        {
            Note($"{run.Name} from {step}");
            return new RunCase.Observer { OnProgress = taken => OnProgress?.Invoke(run.Name, taken) };
        }

        public void Finished(SeedRun<Table1Row> run, RunResult result, bool before) => Note($"{run.Name} {(before ? "was " : "")}finished");

        public void Stopped(SeedRun<Table1Row> run, long step) => Note($"{run.Name} stopped at {step}");

        public void Failed(SeedRun<Table1Row> run, string reason) => Note($"{run.Name} failed");

        private void Note(string text)
        {
            lock (_gate)
                Events.Add(text);
        }
    }
}
