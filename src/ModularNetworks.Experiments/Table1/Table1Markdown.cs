using System.Text;

namespace ModularNetworks.Experiments;

/// <summary>The table for readers.</summary>
internal static class Table1Markdown
{
    private static readonly (string Name, Func<RowResult, string> Cell)[] Columns =
    [
        ("paper", row => ReportText.Of(row.Row.Paper, "F1")),
        ("last step", row => ReportText.Of(row.Test, "F1")),
        ("best step", row => ReportText.Of(row.BestTest, "F1")),
        ("at step", row => ReportText.Of(row.BestStep, "F0")),
        ("one stream", row => ReportText.Of(row.TestStream, "F1")),
        ("valid", row => ReportText.Of(row.Valid, "F1")),
        ("train", row => ReportText.Of(row.Train, "F1")),
        ("H_a", row => ReportText.Of(row.SelectionEntropy, "F3")),
        ("H_b", row => ReportText.Of(row.BatchSelectionEntropy, "F3")),
        ("ln M", row => row.LogModules is { } most ? ReportText.Of(most, "F3") : ReportText.None),
        ("used", row => ReportText.Of(row.ModulesUsed, "F0")),
        ("steps", row => ReportText.Of(row.Steps, "F0")),
        ("seeds", row => string.Join(", ", row.Runs.Select(run => run.Seed))),
        ("seconds", row => ReportText.Of(row.WallSeconds, "F0")),
        ("M-step, ms", row => ReportText.Of(row.StepMilliseconds, "F1")),
        ("E-step, ms", row => ReportText.Of(row.EStepMilliseconds, "F1")),
    ];

    /// <summary>The table with notes on the meaning and the origin of its numbers.</summary>
    public static string Of(Table1Report report)
    {
        var text = new StringBuilder("# Table 1: test perplexity on the Penn Treebank\n\n");
        text.Append("| M/K | ").AppendJoin(" | ", Columns.Select(column => column.Name)).Append(" |\n");
        text.Append("|---|").Insert(text.Length, "--:|", Columns.Length).Append('\n');
        foreach (var row in report.Rows)
        {
            text.Append("| ").Append(row.Row.Title).Append(" | ")
                .AppendJoin(" | ", Columns.Select(column => column.Cell(row))).Append(" |\n");
        }
        text.Append('\n').AppendJoin('\n', [.. Notes(), .. ReportText.OriginNotes(report.Origin, [.. report.Rows.SelectMany(row => row.Runs)])]).Append('\n');
        return text.ToString();
    }

    private static IEnumerable<string> Notes()
    {
        yield return "- *paper*: its test perplexity after 50,000 steps. *last step*, *best step*: ours after the last step, and at";
        yield return "  the measured step with the lowest validation perplexity. Every word of a text is scored once.";
        yield return "- *one stream*: after the last step, with the state carried through the text instead of zero in each window.";
        yield return "- *valid*, *train*: validation and training perplexity at the end; in training with the selections trained on.";
        yield return "- *H_a*, *H_b*: entropy of a selection and of the average selection, in nats; *used*: modules with more than a";
        yield return "  tenth of 1/M of the most probable picks; all three on validation data, at the end.";
        yield return "- *M-step*, *E-step*: mean times since a run was last resumed; - where one was resumed too late to tell.";
        yield return "- Several seeds: mean (lowest to highest).";
    }
}
