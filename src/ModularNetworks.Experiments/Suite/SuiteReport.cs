using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>The suite's report: the rows in its folder all of whose seeds are finished.</summary>
/// <param name="Command">The command that wrote it.</param>
/// <param name="Commit">The version of the tool, with the commit that it was built from.</param>
/// <param name="Machine">The machine that the tool ran on.</param>
/// <param name="WallSeconds">How long the finished runs that were asked for took together, trials too, in seconds.</param>
/// <param name="MissingRuns">The number of runs that were asked for and are not finished.</param>
/// <param name="Rows">The rows.</param>
[CompiledJson(typeof(SuiteReportTypes))]
public sealed record SuiteReport(
    string Command, string Commit, Machine Machine, double WallSeconds, int MissingRuns, IReadOnlyList<SuiteRow> Rows)
{
    /// <summary>The file for programs.</summary>
    public const string JsonFile = RunGroup.Suite;

    /// <summary>The file for readers.</summary>
    public const string MarkdownFile = "suite.md";

    /// <summary>Reads the results of the runs in a folder.</summary>
    /// <exception cref="RunException">A file of a run is damaged.</exception>
    public static SuiteReport Read(SuiteFolder folder, Origin origin)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(origin);
        var runs = folder.Plan.Runs;
        return new SuiteReport(
            origin.Command,
            origin.Version,
            origin.Machine,
            Math.Round(runs.Sum(run => folder.FinishedResultOf(run)?.WallSeconds ?? 0), 3),
            runs.Count(run => !folder.IsEnded(run)),
            SuiteRows.Read(folder));
    }

    /// <summary>Writes the report's files, each as a whole.</summary>
    /// <param name="disk">Writes the files.</param>
    /// <param name="path">The folder.</param>
    public void Write(IDisk disk, string path) => ReportFiles.Write(
        disk, Path.Combine(path, JsonFile), this, Path.Combine(path, MarkdownFile), SuiteMarkdown.Of(this));
}

/// <summary>The report, whose JSON the compiler writes code for.</summary>
[JsonSerializable(typeof(SuiteReport))]
internal sealed partial class SuiteReportTypes : JsonSerializerContext;
