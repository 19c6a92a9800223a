using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>The suite's report for readers.</summary>
internal static class SuiteMarkdown
{
    private const string OperationsFormat = "0.00e0";

    private static readonly (string Name, Func<SuiteRow, string> Cell)[] Columns =
    [
        ("M/K", row => $"{row.Modules}/{row.Picks}"),
        ("test", row => ReportText.Of(row.Mean, row.Interval)),
        ("difference to dense", row => row.DifferenceToDense is { } difference ? ReportText.Of(difference.Mean, difference.Interval) : ReportText.None),
        ("", row => Mark(row.Verdict)),
        ("gap closed", row => row.GapClosed is { } gap ? ReportText.Of(gap.Mean, gap.Interval, leastDigits: 2, mostDigits: 2) : ReportText.None),
        ("a prediction", row => ReportText.Of(row.PredictionOperations, OperationsFormat)),
        ("the training", row => ReportText.Of(row.TrainingOperations, OperationsFormat)),
        ("steps", row => ReportText.Of(row.Runs.Steps, "F0")),
        ("H_a", row => Optional(row.SelectionEntropy, "F3")),
        ("H_b", row => Optional(row.BatchSelectionEntropy, "F3")),
        ("used", row => Optional(row.ModulesUsed, "0.#")),
        ("collapse", row => Optional(row.CollapseAverage, "F2")),
        ("worst", row => Optional(row.CollapseWorst, "F2")),
        ("alignment", row => Optional(row.Alignment, "F3")),
        ("leakage", row => Optional(row.Leakage, "F3")),
        ("visits", row => Optional(row.EStepVisits, "0.##")),
        ("learning rate", row => ReportText.Of(row.Runs.LearningRate, "0.######")),
        ("weight decay", row => ReportText.Of(row.Runs.WeightDecay, "0.######")),
        ("seconds", row => ReportText.Of(row.Runs.WallSeconds, "F0")),
    ];

    /// <summary>The tables of all tasks with notes on the meaning and the origin of their numbers.</summary>
    public static string Of(SuiteReport report)
    {
        var text = new StringBuilder("# Benchmark suite\n\n");
        if (report.MissingRuns > 0)
            text.Append($"Not finished: {Counted.Of(report.MissingRuns, "run")} {(report.MissingRuns == 1 ? "is" : "are")} missing. Rows appear when all of their seeds are finished.\n\n");
        foreach (var rows in report.Rows.GroupBy(row => row.Task))
            AppendTask(text, [.. rows]);
        text.AppendJoin('\n', [.. Notes(), .. Origin(report)]).Append('\n');
        return text.ToString();
    }

    private static void AppendTask(StringBuilder text, IReadOnlyList<SuiteRow> rows)
    {
        var first = rows[0];
        text.Append($"## {first.Task}\n\nTest: {first.Metric}, {(first.HigherIsBetter ? "higher" : "lower")} is better.");
        text.Append(first.IsControl ? " A control: modules can have no advantage here.\n\n" : "\n\n");
        foreach (var table in rows.GroupBy(row => row.Table))
            AppendTable(text, table.Key, [.. table]);
    }

    /// <summary>Adds a table, without the columns in which no row has anything.</summary>
    private static void AppendTable(StringBuilder text, SuiteTable table, IReadOnlyList<SuiteRow> rows)
    {
        string same = table == SuiteTable.Prediction ? "equal operations of a prediction" : "equal operations of training";
        var columns = Columns.Where(column => rows.Any(row => column.Cell(row) != ReportText.None)).ToList();
        text.Append($"| At {same} | ").AppendJoin(" | ", columns.Select(column => column.Name)).Append(" |\n");
        text.Append("|---|").Insert(text.Length, "--:|", columns.Count).Append('\n');
        foreach (var row in rows)
            text.Append($"| {row.Method} | ").AppendJoin(" | ", columns.Select(column => column.Cell(row))).Append(" |\n");
        text.Append('\n');
    }

    private static string Optional(double? value, string format) => value is { } number ? ReportText.Of(number, format) : ReportText.None;

    private static string Mark(SuiteVerdict verdict) => verdict switch
    {
        SuiteVerdict.Win => "**win**",
        SuiteVerdict.CostlierWin => "win, with more operations",
        SuiteVerdict.Fault => "**FAULT: a control wins**",
        SuiteVerdict.Loss => "loss",
        _ => "",
    };

    private static IEnumerable<string> Notes()
    {
        yield return "- *test*: the mean over the seeds on test data after the last step, with the 95 % interval of Student's t. *difference to";
        yield return "  dense*: to dense in the same table, paired by seed. *win*, *loss*: this interval does not contain 0.";
        yield return "- *a prediction*, *the training*: multiply-adds. Dense is as wide as the modular network's operations pay for. In the second";
        yield return "  table, methods that are no EM take as many steps as cost what the best EM's training costs.";
        yield return "- *H_a*, *H_b*: entropy of a selection and of the average selection, in nats; *used*: modules with more than a tenth of 1/M";
        yield return "  of the most probable picks, mean over layers; all three on validation data.";
        yield return "- *gap closed*: the share of the way from dense to dense-wide in the same table, mean over the seeds with its 95 % interval.";
        yield return "- *collapse*, *worst*: Collapse-Avg and Collapse-Worst on validation data, 0 if modules are used equally; *alignment*: of modules with the";
        yield return "  true rule, 0 if each does the work of one rule; *leakage*: nats per datapoint that an E-step which sees the targets gains over the";
        yield return "  controllers; *visits*: E-steps of a datapoint. Alignment and leakage are on test data. A column that would be empty is left out.";
        yield return "- *learning rate*, *weight decay*: of the trial that was best on validation data after its last step, with a seed of its own.";
        yield return "- *seconds*: of the row's runs together.";
    }

    private static IEnumerable<string> Origin(SuiteReport report)
    {
        var machine = report.Machine;
        yield return $"- `{report.Command}`, modnet {report.Commit}.";
        yield return $"- {machine.Processor}, {Counted.Of(machine.Cores, "core")}, {machine.System}, {machine.Runtime}; all finished runs together "
            + $"{ReportText.Of(report.WallSeconds, "F0")} s, trials too.";
    }
}
