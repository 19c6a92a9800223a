using System.Text;

namespace ModularNetworks.Experiments;

/// <summary>The figure for readers: its curves at some epochs.</summary>
internal static class Figure6Markdown
{
    private static readonly double[] Epochs = [1, 2, 5, 10, 20, 50, 100, 200];

    /// <summary>The figure with notes on the meaning and the origin of its numbers.</summary>
    public static string Of(Figure6Report report)
    {
        var text = new StringBuilder("# Figure 6: accuracy on CIFAR-10\n\n");
        AppendCurves(text, report, "Training accuracy", point => point.TrainAccuracy);
        AppendCurves(text, report, "Training accuracy with a\\*", point => point.StoredTrainAccuracy);
        AppendCurves(text, report, "Test accuracy", point => point.TestAccuracy);
        AppendEnds(text, report);
        text.Append('\n').AppendJoin('\n', [.. Notes(), .. ReportText.OriginNotes(report.Origin, [.. report.Curves.SelectMany(curve => curve.Runs)])]).Append('\n');
        return text.ToString();
    }

    private static void AppendCurves(
        StringBuilder text, Figure6Report report, string title, Func<Figure6CurvePoint, SeedSpread?> accuracy)
    {
        double first = report.Curves.Min(curve => curve.Points[0].Epoch), last = report.Curves.Max(curve => curve.Points[^1].Epoch);
        double[] epochs = [.. Epochs.Where(epoch => epoch >= first && epoch < last), last];
        text.Append("| ").Append(title).Append(", epoch | ")
            .AppendJoin(" | ", epochs.Select(epoch => ReportText.Of(epoch, "0.#"))).Append(" |\n");
        text.Append("|---|").Insert(text.Length, "--:|", epochs.Length).Append('\n');
        foreach (var curve in report.Curves)
        {
            text.Append("| ").Append(curve.Variant.Title).Append(" | ")
                .AppendJoin(" | ", epochs.Select(epoch => Cell(curve, epoch, accuracy))).Append(" |\n");
        }
        text.Append('\n');
    }

    /// <summary>The last measurement at or before an epoch.</summary>
    private static string Cell(Figure6Curve curve, double epoch, Func<Figure6CurvePoint, SeedSpread?> accuracy)
    {
        var point = curve.Points.LastOrDefault(point => point.Epoch <= epoch);
        return point is null ? ReportText.None : ReportText.Of(accuracy(point), "F3");
    }

    private static void AppendEnds(StringBuilder text, Figure6Report report)
    {
        text.Append("| at the end | H_a | H_b | modules used in each layer | seeds | seconds | M-step, ms | E-step, ms |\n");
        text.Append("|---|--:|--:|---|---|--:|--:|--:|\n");
        foreach (var curve in report.Curves)
        {
            var end = curve.Points[^1];
            string[] cells =
            [
                curve.Variant.Title,
                ReportText.Of(end.SelectionEntropy, "F3"),
                ReportText.Of(end.BatchSelectionEntropy, "F3"),
                ReportText.Distinct(curve.Runs, run => run.ModulesUsed is { } used ? string.Join(' ', used) : ReportText.None),
                string.Join(", ", curve.Runs.Select(run => run.Seed)),
                ReportText.Of(SeedSpread.Of(curve.Runs.Select(run => (double?)run.WallSeconds)), "F0"),
                ReportText.Of(SeedSpread.Of(curve.Runs.Select(run => run.StepMilliseconds)), "F2"),
                ReportText.Of(SeedSpread.Of(curve.Runs.Select(run => run.EStepMilliseconds)), "F2"),
            ];
            text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        }
    }

    private static IEnumerable<string> Notes()
    {
        yield return "- The share of images whose most probable class is theirs, measured on all 50,000 training and all 10,000 test";
        yield return "  images with the controllers' most probable modules. Several seeds: mean (lowest to highest).";
        yield return "- With a\\*: with the stored compositions, which training uses. An E-step picked them knowing the labels, so that";
        yield return "  this is no accuracy of a model that can be used; it is what a program that watches its own training steps reports.";
        yield return "- *H_a*, *H_b*: entropy of a selection and of the average selection, in nats, averaged over layers; *modules used*:";
        yield return "  modules with more than a tenth of 1/M of the most probable picks; all on test images.";
    }
}
