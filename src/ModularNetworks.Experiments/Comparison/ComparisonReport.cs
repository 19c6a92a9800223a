using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>The report of a comparison. It has no times of the training, so that one that was interrupted comes to the same.</summary>
[CompiledJson(typeof(ComparisonReportTypes))]
public sealed record ComparisonReport
{
    /// <summary>The file for programs.</summary>
    public const string JsonFile = RunGroup.Comparison;

    /// <summary>The file for readers.</summary>
    public const string MarkdownFile = "compare.md";

    /// <summary>The command that wrote it.</summary>
    public required string Command { get; init; }

    /// <summary>The version of the tool, with the commit that it was built from.</summary>
    public required string Version { get; init; }

    /// <summary>The machine that the tool ran on.</summary>
    public required Machine Machine { get; init; }

    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    /// <summary>The file or folder with the data.</summary>
    public required string Data { get; init; }

    /// <summary>The name of the number that methods are compared by.</summary>
    public required string Metric { get; init; }

    /// <summary>Whether more of it is better.</summary>
    public required bool HigherIsBetter { get; init; }

    /// <summary>The minutes that it was planned for.</summary>
    public required double BudgetMinutes { get; init; }

    /// <summary>The number of gradient steps of a run.</summary>
    public required long Steps { get; init; }

    /// <summary>The number of gradient steps that a run takes if the budget pays for them.</summary>
    public required long UsualSteps { get; init; }

    /// <summary>The number of settings that were tried for each row.</summary>
    public required int Trials { get; init; }

    /// <summary>The number of seeds that all rows rest on.</summary>
    public required int Seeds { get; init; }

    /// <summary>The number of seeds that were planned.</summary>
    public required int PlannedSeeds { get; init; }

    /// <summary>The rows.</summary>
    public required IReadOnlyList<ComparisonRow> Rows { get; init; }

    /// <summary>A sentence for each row that is missing, with the reason.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>The answer.</summary>
    public required ComparisonAnswer Answer { get; init; }

    /// <summary>The command that trains what the answer says to use, without the program's name; null if it says nothing.</summary>
    public IReadOnlyList<string>? Use => Rows.FirstOrDefault(row => row.Name == Answer.Use)?.Command;

    /// <summary>Reads the results of the runs in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="budgetMinutes">The minutes that it may take, which may be more than were planned for.</param>
    /// <param name="origin">The origin of the numbers.</param>
    /// <param name="isOver">Whether no more runs will be trained.</param>
    /// <exception cref="RunException">A file of a run is damaged.</exception>
    internal static ComparisonReport Read(SuiteFolder folder, ComparisonPlan plan, double budgetMinutes, Origin origin, bool isOver)
    {
        var (seeds, diverged) = ComparisonRows.Complete(folder);
        var rows = ComparisonRows.Read(folder, plan, seeds);
        return new ComparisonReport
        {
            Command = origin.Command,
            Version = origin.Version,
            Machine = origin.Machine,
            Experiment = folder.Plan.Scope.Tasks[0].Options.Experiment,
            Data = folder.Plan.Scope.Tasks[0].Options is DataRunOptions { Data: var data } ? data : "",
            Metric = plan.Metric,
            HigherIsBetter = plan.HigherIsBetter,
            BudgetMinutes = plan.BudgetMinutes,
            Steps = plan.Steps,
            UsualSteps = plan.UsualSteps,
            Trials = plan.Trials,
            Seeds = seeds,
            PlannedSeeds = plan.Seeds,
            Rows = rows,
            Missing = [.. plan.LeftOut, .. diverged.Select(row => $"{row} is left out: its training diverged with one of the seeds.")],
            Answer = isOver || seeds == plan.Seeds
                ? new ComparisonSentence(plan, budgetMinutes, rows, seeds).Answer()
                : new ComparisonAnswer(ComparisonVerdict.Unfinished, "Not finished: the same command goes on.", Use: null),
        };
    }

    /// <summary>The table for readers, a line each: titles, rule and rows.</summary>
    public IEnumerable<string> TableLines() => ComparisonMarkdown.Table(this);

    /// <summary>Writes the report's files, each as a whole.</summary>
    internal void Write(IDisk disk, string path) => ReportFiles.Write(
        disk, Path.Combine(path, JsonFile), this, Path.Combine(path, MarkdownFile), ComparisonMarkdown.Of(this));
}

/// <summary>The report, whose JSON the compiler writes code for.</summary>
[JsonSerializable(typeof(ComparisonReport))]
internal sealed partial class ComparisonReportTypes : JsonSerializerContext;
