using System.Globalization;

namespace ModularNetworks.Experiments;

/// <summary>A folder with the run folders of a table, one for every row and seed.</summary>
/// <param name="path">The folder.</param>
/// <param name="shared">The options that all runs have in common.</param>
public sealed class Table1Folder(string path, LanguageModelOptions shared)
{
    // These do not change what a run comes to at a step.
    private static readonly string[] MayDiffer = ["steps", "threads", "checkpointEvery"];

    /// <summary>Where the folder is.</summary>
    public string FullPath { get; } = Path.GetFullPath(path);

    /// <summary>The options of a run.</summary>
    public LanguageModelOptions OptionsOf(Table1Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Row.Options(shared) with { Seed = run.Seed };
    }

    /// <summary>Opens the folder of a run, or makes it.</summary>
    public RunFolder OpenOrCreate(Table1Run run) =>
        RunFolder.Exists(PathOf(run)) ? RunFolder.Open(PathOf(run)) : RunFolder.Create(PathOf(run), OptionsOf(run));

    /// <summary>Checks that runs can be started, or go on from where they are, before any of them does.</summary>
    /// <param name="asked">The runs.</param>
    /// <exception cref="RunException">
    /// Options are out of range, or there is a run in the folder that has other options, or has taken more steps than asked for.
    /// </exception>
    public void Require(IReadOnlyList<Table1Run> asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        foreach (var run in asked)
            OptionsOf(run).Validate();
        // All of them, since they come into one table.
        foreach (var run in Existing())
            RequireSame(run);
        foreach (var run in asked.Where(run => RunFolder.Exists(PathOf(run))))
            RequireNotLonger(run);
    }

    /// <summary>The runs of the table that are there, finished or not, in the order of rows and seeds.</summary>
    public IReadOnlyList<Table1Run> Existing()
    {
        if (!Directory.Exists(FullPath))
            return [];
        string[] names = [.. Directory.EnumerateDirectories(FullPath).Where(RunFolder.Exists).Select(found => Path.GetFileName(found))];
        return [.. Table1.Rows.SelectMany(row => names
            .Select(name => RunOf(row, name))
            .OfType<Table1Run>()
            .OrderBy(run => run.Seed))];
    }

    /// <summary>What a run came to; null if it has not taken all the steps that it was last asked for.</summary>
    /// <exception cref="RunException">A file of the run is damaged.</exception>
    public RunResult? ResultOf(Table1Run run)
    {
        if (!RunFolder.Exists(PathOf(run)))
            return null;
        var folder = RunFolder.Open(PathOf(run));
        if (folder.ReadSummary() is not { } summary)
            return null;
        var result = RunResult.Read(run, summary);
        return result.Steps == folder.ReadOptions().Steps ? result : null;
    }

    private static Table1Run? RunOf(Table1Row row, string folder)
    {
        int seedAt = folder.LastIndexOf('-') + 1;
        return ulong.TryParse(folder[seedAt..], NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            && new Table1Run(row, seed) is var run && run.Name == folder ? run : null;
    }

    private string PathOf(Table1Run run) => Path.Combine(FullPath, run.Name);

    private void RequireSame(Table1Run run)
    {
        var differences = OptionsJson.Differences(RunFolder.Open(PathOf(run)).ReadOptions(), OptionsOf(run))
            .Where(difference => !MayDiffer.Contains(difference.Name))
            .Select(difference => $"{difference.Name} is {difference.First} there and {difference.Second} here");
        if (string.Join(", ", differences) is { Length: > 0 } list)
            throw new RunException($"{PathOf(run)} holds a run with other options: {list}. Choose another --out.");
    }

    private void RequireNotLonger(Table1Run run)
    {
        long taken = RunFolder.Open(PathOf(run)).Checkpoint.NewestStep ?? 0, asked = OptionsOf(run).Steps;
        if (taken > asked)
        {
            throw new RunException(
                $"The run in {PathOf(run)} has taken {taken} steps; --steps {asked} is less. Give --steps {taken} or more, or "
                + "choose another --out.");
        }
    }
}
