using System.Globalization;
using System.Text;

namespace ModularNetworks.Experiments;

/// <summary>The table for readers.</summary>
internal static class Table1Markdown
{
    private const string None = "-";

    private static readonly (string Name, Func<RowResult, string> Cell)[] Columns =
    [
        ("paper", row => Number(row.Row.Paper, "F1")),
        ("last step", row => Text(row.Test, "F1")),
        ("best step", row => Text(row.BestTest, "F1")),
        ("at step", row => Text(row.BestStep, "F0")),
        ("one stream", row => Text(row.TestStream, "F1")),
        ("valid", row => Text(row.Valid, "F1")),
        ("train", row => Text(row.Train, "F1")),
        ("H_a", row => Text(row.SelectionEntropy, "F3")),
        ("H_b", row => Text(row.BatchSelectionEntropy, "F3")),
        ("ln M", row => row.LogModules is { } most ? Number(most, "F3") : None),
        ("used", row => Text(row.ModulesUsed, "F0")),
        ("steps", row => Number(row.Steps, "F0")),
        ("seeds", row => string.Join(", ", row.Runs.Select(run => run.Seed))),
        ("seconds", row => Text(row.WallSeconds, "F0")),
        ("M-step, ms", row => Text(row.StepMilliseconds, "F1")),
        ("E-step, ms", row => Text(row.EStepMilliseconds, "F1")),
    ];

    /// <summary>The table with what its numbers are and where they come from.</summary>
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
        text.Append('\n').AppendJoin('\n', Notes(report)).Append('\n');
        return text.ToString();
    }

    private static IEnumerable<string> Notes(Table1Report report)
    {
        var runs = report.Rows.SelectMany(row => row.Runs).ToList();
        yield return "- *paper*: its test perplexity after 50,000 steps. *last step*, *best step*: ours after the last step, and at";
        yield return "  the measured step with the lowest validation perplexity. Every word of a text is scored once.";
        yield return "- *one stream*: after the last step, with the state carried through the text instead of zero in each window.";
        yield return "- *valid*, *train*: validation and training perplexity at the end; in training with the selections trained on.";
        yield return "- *H_a*, *H_b*: entropy of a selection and of the average selection, in nats; *used*: modules with more than a";
        yield return "  tenth of 1/M of the most probable picks; all three on validation data, at the end.";
        yield return "- Several seeds: mean (lowest to highest).";
        yield return $"- `{report.Origin.Command}`, preset `{report.Origin.Preset}`, modnet {Distinct(runs, run => run.Version)}.";
        yield return $"- {Place(report.Origin.Machine)}, {Distinct(runs, run => run.Simd)}; threads a run: "
            + $"{Distinct(runs, run => $"{run.Threads}")}; all runs together {Number(runs.Sum(run => run.WallSeconds), "F0")} s.";
    }

    private static string Place(Machine machine) =>
        $"{machine.Processor}, {machine.Cores} cores, {machine.System}, {machine.Runtime}";

    private static string Distinct(IEnumerable<RunResult> runs, Func<RunResult, string> text) =>
        string.Join(", ", runs.Select(text).Distinct());

    private static string Text(SeedSpread? spread, string format)
    {
        if (spread is null)
            return None;
        string mean = Number(spread.Mean, format), lowest = Number(spread.Lowest, format), highest = Number(spread.Highest, format);
        return lowest == highest ? mean : $"{mean} ({lowest} to {highest})";
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
