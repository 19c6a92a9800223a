using System.Diagnostics;
using System.Globalization;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>A folder with the run folders of a table or figure, one for every series and seed.</summary>
/// <typeparam name="TSeries">The runs' series: rows or curves.</typeparam>
/// <typeparam name="TResult">The results of a run.</typeparam>
/// <param name="path">The folder.</param>
/// <param name="series">All series that there are, in their order.</param>
/// <param name="experiments">The kinds of experiments that runs are of.</param>
public abstract class ReproductionFolder<TSeries, TResult>(string path, IReadOnlyList<TSeries> series, ExperimentCatalogue experiments)
    where TSeries : ISeries
    where TResult : class, IRunResult
{
    // These do not change what a run comes to at a step.
    private static readonly string[] MayDiffer = ["steps", "threads", "checkpointEvery"];

    // Writing a table takes milliseconds.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly Dictionary<string, int> _places = series.Index().ToDictionary(one => one.Item.Name, one => one.Index);

    /// <summary>The absolute path of the folder.</summary>
    public string FullPath { get; } = Path.GetFullPath(path);

    /// <summary>The options of a run.</summary>
    public abstract RunOptions OptionsOf(SeedRun<TSeries> run);

    /// <summary>
    /// Whether the options of a run are known: always, unless they depend on the results of runs that must be finished before.
    /// </summary>
    public virtual bool IsReady(SeedRun<TSeries> run) => true;

    /// <summary>
    /// Whether a run that diverges is a result like any other, so that it is not trained again and the reproduction is whole without it.
    /// </summary>
    public virtual bool MayDiverge(SeedRun<TSeries> run) => false;

    /// <summary>Makes what a run trains.</summary>
    /// <param name="run">The run.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="kernels">Does the arithmetic.</param>
    public abstract Experiment Create(SeedRun<TSeries> run, RunOptions options, Kernels kernels);

    /// <summary>Reads the results of a finished run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="summary">The run's summary.</param>
    /// <exception cref="RunException">A file of the run is damaged.</exception>
    protected abstract TResult Read(SeedRun<TSeries> run, RunFolder folder, RunSummary summary);

    /// <summary>Keeps other processes from the folder of a run until the result is disposed of.</summary>
    /// <exception cref="RunException">Another process trains in the folder, or the folder cannot be made.</exception>
    public IDisposable Claim(IDisk disk, SeedRun<TSeries> run) => NewRunFolder.Claim(disk, PathOf(run));

    /// <summary>Opens the folder of a run, or makes the folder.</summary>
    public RunFolder OpenOrCreate(IDisk disk, SeedRun<TSeries> run) =>
        RunFolder.Exists(PathOf(run)) ? RunFolder.Open(PathOf(run)) : NewRunFolder.Create(disk, PathOf(run), OptionsOf(run));

    /// <summary>Checks that runs can be started, or go on from where they are, before any of them does.</summary>
    /// <param name="asked">The runs.</param>
    /// <exception cref="RunException">
    /// Options are out of range, or there is a run in the folder that has other options, is damaged, or has taken more steps
    /// than asked for.
    /// </exception>
    public void Require(IReadOnlyList<SeedRun<TSeries>> asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        foreach (var run in asked.Where(IsReady))
            OptionsOf(run).Validate();
        // All of them, since they come into one table or figure.
        foreach (var run in Existing().Where(IsReady))
        {
            RequireSame(run);
            ResultOf(run);
        }
        foreach (var run in asked.Where(run => RunFolder.Exists(PathOf(run)) && IsReady(run)))
            RequireNotLonger(run);
    }

    /// <summary>Checks that a run that is there has the options that are asked for.</summary>
    /// <exception cref="RunException">It has others.</exception>
    public void RequireSame(SeedRun<TSeries> run)
    {
        if (!RunFolder.Exists(PathOf(run)))
            return;
        var differences = OptionsJson.Differences(RunFolder.Open(PathOf(run)).ReadOptions(experiments), OptionsOf(run))
            .Where(difference => !MayDiffer.Contains(difference.Name))
            .Select(difference => $"{difference.Name} is {difference.First} there and {difference.Second} here");
        if (string.Join(", ", differences) is { Length: > 0 } list)
            throw new RunException($"{PathOf(run)} holds a run with other options: {list}. Choose another --out.");
    }

    /// <summary>
    /// Keeps other processes from writing the table or figure until the result is disposed of; waits for one that does.
    /// </summary>
    /// <exception cref="RunException">The folder cannot be made or written to, or another process has been writing for too long.</exception>
    public IDisposable Lock()
    {
        try
        {
            return WaitForLock();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NewRunFolder.CannotBeMade(FullPath, exception);
        }
    }

    private IDisposable WaitForLock()
    {
        Directory.CreateDirectory(FullPath);
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < LongestWait; Thread.Sleep(Pause))
        {
            if (FileLock.TryTake(Path.Combine(FullPath, "lock")) is { } taken)
                return taken;
        }
        throw new RunException($"{FullPath}: another process keeps this folder locked. End it, or choose another --out.");
    }

    /// <summary>The runs that are there, finished or not, in the order of series and seeds.</summary>
    public IReadOnlyList<SeedRun<TSeries>> Existing()
    {
        if (!Directory.Exists(FullPath))
            return [];
        return [.. Directory.EnumerateDirectories(FullPath)
            .Where(RunFolder.Exists)
            .Select(found => RunOf(Path.GetFileName(found)))
            .OfType<SeedRun<TSeries>>()
            .OrderBy(run => _places[run.Series.Name])
            .ThenBy(run => run.Seed)];
    }

    /// <summary>The results of a run; null if the run has not taken all the steps that it was last asked for.</summary>
    /// <exception cref="RunException">A file of the run is damaged.</exception>
    public TResult? ResultOf(SeedRun<TSeries> run)
    {
        if (!RunFolder.Exists(PathOf(run)))
            return null;
        var folder = RunFolder.Open(PathOf(run));
        if (folder.ReadSummary() is not { } summary)
            return null;
        var result = Read(run, folder, summary);
        return result.Steps == folder.ReadOptions(experiments).Steps ? result : null;
    }

    /// <summary>The reason why a run that may diverge did; null if it did not, or has not been trained that far.</summary>
    public string? DivergenceOf(SeedRun<TSeries> run) =>
        RunFolder.Exists(PathOf(run)) ? RunFolder.Open(PathOf(run)).ReadDivergence() : null;

    /// <summary>Keeps the reason why a run diverged.</summary>
    public void WriteDivergence(IDisk disk, SeedRun<TSeries> run, string reason) =>
        RunFolder.Open(PathOf(run)).WriteDivergence(disk, reason);

    /// <summary>The results of the finished runs, series by series in their order; a series without finished runs is left out.</summary>
    /// <exception cref="RunException">A file of a run is damaged.</exception>
    public IEnumerable<(TSeries Series, IReadOnlyList<TResult> Results)> FinishedBySeries() => Existing()
        .Select(run => (run.Series, Result: ResultOf(run)))
        .Where(run => run.Result is not null)
        .GroupBy(run => run.Series, run => run.Result!)
        .Select(group => (group.Key, (IReadOnlyList<TResult>)[.. group]));

    private SeedRun<TSeries>? RunOf(string folder)
    {
        int seedAt = folder.LastIndexOf(SeedRun.BeforeSeed, StringComparison.Ordinal);
        return seedAt > 0 && _places.TryGetValue(folder[..seedAt], out int place)
            && ulong.TryParse(folder[(seedAt + SeedRun.BeforeSeed.Length)..], NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            && new SeedRun<TSeries>(series[place], seed) is var run && run.Name == folder ? run : null;
    }

    private string PathOf(SeedRun<TSeries> run) => Path.Combine(FullPath, run.Name);

    private void RequireNotLonger(SeedRun<TSeries> run)
    {
        long taken = RunFolder.Open(PathOf(run)).Checkpoint.NewestStep ?? 0, asked = OptionsOf(run).Steps;
        if (taken > asked)
        {
            throw new RunException(
                $"The run in {PathOf(run)} has taken {Counted.Of(taken, "step")}; --steps {asked} is less. Give --steps {taken} or more, or "
                + "choose another --out.");
        }
    }
}
