using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>The report of a comparison for readers.</summary>
internal static class ComparisonMarkdown
{
    private const string OperationsFormat = "0.00e0";

    private static readonly (string Name, Func<ComparisonRow, string> Cell)[] Columns =
    [
        ("(95 % interval)", row => ReportText.Of(row.Mean, row.Interval)),
        ("difference to dense", row => Difference(row.DifferenceToDense)),
        ("", row => Mark(row.Verdict)),
        ("at equal training", row => Difference(row.DifferenceAtEqualTraining)),
        ("a prediction", row => ReportText.Of(row.PredictionOperations, OperationsFormat)),
        ("ms", row => ReportText.Of(row.PredictionMilliseconds, row.PredictionMilliseconds >= 1 ? "F2" : "0.00e0")),
        ("M/K", row => $"{row.Modules}/{row.Picks}"),
        ("used", row => row.ModulesUsed is { } used ? ReportText.Of(used, "0.#") : ReportText.None),
        ("the training", row => ReportText.Of(row.TrainingOperations, OperationsFormat)),
        ("steps", row => ReportText.Of(row.Steps, "F0")),
        ("learning rate", row => ReportText.Of(row.LearningRate, "0.######")),
    ];

    /// <summary>The lines of the table.</summary>
    public static IEnumerable<string> Table(ComparisonReport report)
    {
        yield return $"| Method | {report.Metric} {string.Join(" | ", Columns.Select(column => column.Name))} |";
        yield return $"|---|{string.Concat(Enumerable.Repeat("--:|", Columns.Length))}";
        foreach (var row in report.Rows)
            yield return $"| {row.Name} | {string.Join(" | ", Columns.Select(column => column.Cell(row)))} |";
    }

    /// <summary>The answer and the table, with notes on the meaning and the origin of their numbers.</summary>
    public static string Of(ComparisonReport report)
    {
        var text = new StringBuilder("# Do modules pay?\n\n").Append(report.Answer.Sentence).Append("\n\n");
        if (report.Use is { } use)
            text.Append($"```\nmodnet {string.Join(' ', use.Select(ShellWord.ForPosix))}\n```\n\n");
        if (ComparisonNotes.OnSteps(report) is { } note)
            text.Append(note).Append("\n\n");
        if (report.Rows.Count > 0)
            text.AppendJoin('\n', Table(report)).Append("\n\n");
        return text.AppendJoin('\n', Notes(report).Select(note => $"- {note}")).Append('\n').ToString();
    }

    private static IEnumerable<string> Notes(ComparisonReport report)
    {
        string seeds = report.Seeds == report.PlannedSeeds ? $"{report.Seeds}" : $"{report.Seeds} of {report.PlannedSeeds} planned";
        string steps = report.Steps == report.UsualSteps ? $"{report.Steps}" : $"{report.Steps} of the usual {report.UsualSteps}";
        yield return $"{report.Data}: {report.Metric} on test data, {(report.HigherIsBetter ? "higher" : "lower")} is better. Seeds: {seeds}; steps: {steps}; "
            + $"settings tried for each row: {report.Trials}, chosen on validation data. Test data were read once, after the last step.";
        yield return "*difference to dense*: paired by seed, with the 95 % interval of Student's t; *win*, *loss*: it does not contain 0.";
        yield return "*at equal training*: the difference of EM to *dense, longer*, which is trained for as many operations as the first EM.";
        yield return "*a prediction*, *the training*: multiply-adds; *ms*: milliseconds of a prediction for an input that comes alone, on one thread; "
            + "*M/K*: modules, and those that run at once; *used*: modules with more than a tenth of 1/M of the picks on validation data.";
        foreach (string missing in report.Missing)
            yield return missing;
        yield return FormattableString.Invariant(
            $"`{report.Command}`, planned for {Counted.Of(report.BudgetMinutes, "minute")}; modnet {report.Version}; {report.Machine.Processor}, {Counted.Of(report.Machine.Cores, "core")}, {report.Machine.System}, {report.Machine.Runtime}.");
    }

    private static string Difference(SuiteDifference? difference) =>
        difference is null ? ReportText.None : ReportText.Of(difference.Mean, difference.Interval);

    private static string Mark(SuiteVerdict verdict) => verdict switch
    {
        SuiteVerdict.Win => "**win**",
        SuiteVerdict.CostlierWin => "win, with more operations",
        SuiteVerdict.Loss => "loss",
        _ => "",
    };
}
