using System.Globalization;
using System.Text.Json.Nodes;
using ModularNetworks.Cli.CommandLine;

namespace ModularNetworks.Cli.Inspection;

/// <summary>Prints an inspection for people: tables of numbers, then what each module does.</summary>
/// <param name="context">The context whose output receives the text.</param>
internal sealed class InspectionText(CliContext context)
{
    private readonly ContextLines _contexts = new(context);

    /// <summary>Prints an inspection.</summary>
    /// <param name="inspection">The content of <c>inspection.json</c>.</param>
    public void Print(JsonObject inspection)
    {
        var layers = inspection["layers"]!.AsArray().Select(layer => layer!.AsObject()).ToArray();
        PrintLines(Totals(inspection));
        PrintTable(
            ["layer", "H_a", "H_b", "pooled H_b", "I(a; x)", "effective modules", "dead modules", "largest over mean load"],
            layers.Select(Entropies));
        PrintTable(
            ["modules and labels", "mutual information", "normalised"], layers.SelectMany(Labels));
        PrintUsage(layers);
        foreach (var layer in layers)
        {
            foreach (var module in layer["details"]!.AsArray())
                PrintLines(_contexts.Of(layer["name"]!.GetValue<string>(), module!.AsObject()));
        }
    }

    private static IEnumerable<string> Totals(JsonObject inspection)
    {
        yield return $"step {inspection["step"]}, {inspection["split"]} data; entropies and information in nats";
        yield return $"all layers: H_a {Number(inspection["selectionEntropy"])}, H_b {Number(inspection["batchSelectionEntropy"])}, "
            + $"I(a; x) {Number(inspection["information"])}";
        if (inspection["storedAgreement"] is { } agreement)
            yield return $"stored compositions a* that are the controllers' mode, pick by pick: {Number(agreement, "P1")}";
        if (inspection["oracleGap"] is { } gap)
        {
            yield return $"oracle gap: log p(y|x, a) of the best of the mode and {gap["samples"]} samples is {Number(gap["nats"])} above the "
                + $"mode's, a mean over {gap["datapoints"]} datapoints";
        }
    }

    private static string[] Entropies(JsonObject layer) =>
    [
        layer["name"]!.GetValue<string>(),
        Number(layer["selectionEntropy"]),
        Number(layer["batchSelectionEntropy"]),
        Number(layer["pooledBatchSelectionEntropy"]),
        Number(layer["information"]),
        $"{Number(layer["effectiveModules"], "F2")} of {layer["modules"]}",
        $"{layer["deadModules"]!.AsArray().Count}",
        Number(layer["loadRatio"], "F2"),
    ];

    private static IEnumerable<string[]> Labels(JsonObject layer) => layer["labels"]!.AsArray().Select(label => (string[])
    [
        $"{layer["name"]} and {label!["kind"]}",
        Number(label["mutualInformation"]),
        Number(label["normalizedMutualInformation"]),
    ]);

    private void PrintUsage(JsonObject[] layers)
    {
        const int MostColumns = 20;
        int modules = layers.Max(layer => layer["usage"]!.AsArray().Count);
        if (modules > MostColumns)
            return;
        PrintTable(
            ["share of module", .. Enumerable.Range(0, modules).Select(module => $"{module}")],
            layers.Select(layer => (string[])
                [layer["name"]!.GetValue<string>(), .. layer["usage"]!.AsArray().Select(share => Number(share, "P0"))]));
    }

    private void PrintTable(string[] titles, IEnumerable<string[]> rows) => PrintLines(["", .. MarkdownTable.Lines([titles, .. rows])]);

    private void PrintLines(IEnumerable<string> lines)
    {
        foreach (string line in lines)
            context.WriteLine(line);
    }

    private static string Number(JsonNode? value, string format = "F4") =>
        value!.GetValue<double>().ToString(format, CultureInfo.InvariantCulture);
}
