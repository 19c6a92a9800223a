using System.Text;

namespace ModularNetworks.Experiments;

/// <summary>The suite's report for readers.</summary>
internal static class SuiteMarkdown
{
    private const string NumberFormat = "F4";
    private const string OperationsFormat = "0.00e0";

    private static readonly (string Name, Func<SuiteRow, string> Cell)[] Columns =
    [
        ("M/K", row => $"{row.Modules}/{row.Picks}"),
        ("test", row => Number(row.Mean, row.Interval)),
        ("difference to dense", row => row.DifferenceToDense is { } difference ? Number(difference.Mean, difference.Interval) : ReportText.None),
        ("", row => Mark(row.Verdict)),
        ("a prediction", row => ReportText.Of(row.PredictionOperations, OperationsFormat)),
        ("the training", row => ReportText.Of(row.TrainingOperations, OperationsFormat)),
        ("steps", row => ReportText.Of(row.Runs.Steps, "F0")),
        ("H_a", row => Optional(row.SelectionEntropy, "F3")),
        ("H_b", row => Optional(row.BatchSelectionEntropy, "F3")),
        ("used", row => Optional(row.ModulesUsed, "0.#")),
        ("learning rate", row => ReportText.Of(row.Runs.LearningRate, "0.######")),
        ("weight decay", row => ReportText.Of(row.Runs.WeightDecay, "0.######")),
        ("seconds", row => ReportText.Of(row.Runs.WallSeconds, "F0")),
    ];

    /// <summary>The tables of all tasks with notes on the meaning and the origin of their numbers.</summary>
    public static string Of(SuiteReport report)
    {
        var text = new StringBuilder("# Benchmark suite\n\n");
        if (report.MissingRuns > 0)
            text.Append($"Not finished: {report.MissingRuns} runs are missing. Rows appear when all of their seeds are finished.\n\n");
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
        {
            string same = table.Key == SuiteTable.Prediction ? "equal operations of a prediction" : "equal operations of training";
            text.Append($"| At {same} | ").AppendJoin(" | ", Columns.Select(column => column.Name)).Append(" |\n");
            text.Append("|---|").Insert(text.Length, "--:|", Columns.Length).Append('\n');
            foreach (var row in table)
                text.Append($"| {row.Method} | ").AppendJoin(" | ", Columns.Select(column => column.Cell(row))).Append(" |\n");
            text.Append('\n');
        }
    }

    private static string Number(double mean, IReadOnlyList<double>? interval)
    {
        string text = ReportText.Of(mean, NumberFormat);
        return interval is [var low, var high] ? $"{text} ({ReportText.Of(low, NumberFormat)} to {ReportText.Of(high, NumberFormat)})" : text;
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
        yield return "- *learning rate*, *weight decay*: of the trial that was best on validation data after its last step, with a seed of its own.";
        yield return "- *seconds*: of the row's runs together.";
    }

    private static IEnumerable<string> Origin(SuiteReport report)
    {
        var machine = report.Machine;
        yield return $"- `{report.Command}`, modnet {report.Commit}.";
        yield return $"- {machine.Processor}, {machine.Cores} cores, {machine.System}, {machine.Runtime}; all finished runs together "
            + $"{ReportText.Of(report.WallSeconds, "F0")} s, trials too.";
    }
}
