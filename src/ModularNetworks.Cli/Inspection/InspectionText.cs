using System.Globalization;
using ModularNetworks.Cli.CommandLine;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Inspection;

/// <summary>Prints an inspection for people: tables of numbers, then the work of each module.</summary>
/// <param name="context">Where it goes.</param>
internal sealed class InspectionText(CliContext context)
{
    private readonly ContextLines _contexts = new(context);

    /// <summary>Prints an inspection.</summary>
    public void Print(NetworkInspection inspection)
    {
        PrintLines(Totals(inspection));
        PrintTable(
            ["layer", "H_a", "H_b", "time-pooled H_b", "I(a; x)", "effective modules", "dead modules"],
            inspection.Layers.Select(Entropies));
        PrintTable(
            ["use", "largest over mean load", "Collapse-Avg", "Collapse-Worst"], inspection.Layers.Select(Use));
        if (inspection.Layers.Any(layer => layer.Labels.Count > 0))
            PrintTable(["modules and labels", "mutual information", "normalised"], inspection.Layers.SelectMany(Labels));
        PrintRules(inspection.Layers);
        PrintUsage([.. inspection.Layers]);
        PrintAblation(inspection);
        foreach (var layer in inspection.Layers)
        {
            foreach (var module in layer.Details)
                PrintLines(_contexts.Of(layer.Name, module));
        }
    }

    private static IEnumerable<string> Totals(NetworkInspection inspection)
    {
        yield return $"step {inspection.Step}, {inspection.Split} data; entropies and information in nats";
        yield return $"all layers: H_a {Number(inspection.SelectionEntropy)}, H_b {Number(inspection.BatchSelectionEntropy)}, "
            + $"I(a; x) {Number(inspection.Information)}";
        if (inspection.StoredAgreement is { } agreement)
            yield return $"stored compositions a* that are the controllers' mode, pick by pick: {Number(agreement, "P1")}";
        if (inspection.OracleGap is { } gap)
        {
            yield return $"oracle gap: log p(y|x, a) of the best of the mode and {gap.Samples} samples is {Number(gap.Nats)} above the "
                + $"mode's, a mean over {Counted.Of(gap.Datapoints, "datapoint")}";
        }
        if (inspection.Leakage is { } leakage)
        {
            string tried = leakage.Samples is { } samples ? $"{samples} samples and the mode" : "all compositions";
            yield return $"leakage: with a* of an E-step that sees y and tries {tried}, log p(y|x, a*) is {Number(leakage.Nats)} above the "
                + $"mode's, a mean over {Counted.Of(leakage.Datapoints, "datapoint")}";
        }
        if (inspection.EStepVisits is { } visits)
            yield return $"visits of E-steps to a training datapoint: {Number(visits, "F2")} on average";
    }

    private static string[] Entropies(LayerMetrics layer) =>
    [
        layer.Name,
        Number(layer.SelectionEntropy),
        Number(layer.BatchSelectionEntropy),
        NumberOrNone(layer.TimePooledBatchSelectionEntropy),
        Number(layer.Information),
        $"{Number(layer.EffectiveModules, "F2")} of {layer.Modules}",
        $"{layer.DeadModules.Count}",
    ];

    private static string[] Use(LayerMetrics layer) =>
        [layer.Name, Number(layer.LoadRatio, "F2"), NumberOrNone(layer.CollapseAverage), NumberOrNone(layer.CollapseWorst)];

    private static IEnumerable<string[]> Labels(InspectedLayer layer) => layer.Labels.Select(label => (string[])
    [
        $"{layer.Name} and {label.Kind}",
        Number(label.MutualInformation),
        Number(label.NormalizedMutualInformation),
    ]);

    private static string[] Rules(InspectedLayer layer) =>
    [
        layer.Name,
        Number(layer.Rules!.Alignment),
        Number(layer.Rules.InverseMutualInformation),
        Number(layer.Rules.Adaptation),
    ];

    private void PrintRules(IReadOnlyList<InspectedLayer> layers)
    {
        InspectedLayer[] known = [.. layers.Where(layer => layer.Rules is not null)];
        if (known.Length > 0)
            PrintTable(["modules and rules", "alignment", "inverse mutual information", "adaptation"], known.Select(Rules));
    }

    private void PrintUsage(LayerMetrics[] layers)
    {
        const int MostColumns = 20;
        int modules = layers.Select(layer => layer.Usage.Count).DefaultIfEmpty().Max();
        if (modules > MostColumns)
            return;
        PrintTable(
            ["share of module", .. Enumerable.Range(0, modules).Select(module => $"{module}")],
            layers.Select(layer => (string[])[layer.Name, .. Enumerable.Range(0, modules).Select(module => Share(layer, module))]));
    }

    private void PrintAblation(NetworkInspection inspection)
    {
        if (inspection.Ablation is not { } whole)
            return;
        PrintTable(
            [$"test {whole.Metric} without", "module", "result", "of the whole network"],
            inspection.Layers.SelectMany(layer => layer.Details.Select(module => (string[])
                [layer.Name, $"{module.Module}", NumberOrNone(module.Without), NumberOrNone(whole.Value)])));
    }

    private static string Share(LayerMetrics layer, int module) => module < layer.Usage.Count ? Number(layer.Usage[module], "P0") : "";

    private void PrintTable(string[] titles, IEnumerable<string[]> rows) => PrintLines(["", .. MarkdownTable.Lines([titles, .. rows])]);

    private void PrintLines(IEnumerable<string> lines)
    {
        foreach (string line in lines)
            context.WriteLine(line);
    }

    private static string NumberOrNone(double? value) => value is { } known ? Number(known) : "-";

    private static string Number(double value, string format = "F4") => value.ToString(format, CultureInfo.InvariantCulture);
}
