using System.Globalization;
using System.Text.Json.Nodes;

namespace ModularNetworks.Cli.Inspection;

/// <summary>Describes one module in lines of text: its classes and typical images, or its contexts (Table 2).</summary>
/// <param name="context">Knows whether there is a terminal, on which words are highlighted; elsewhere they stand in brackets.</param>
internal sealed class ContextLines(CliContext context)
{
    private readonly bool _isTerminal = context.Console.Profile.Capabilities.Ansi && context.Console.Profile.Out.IsTerminal;

    /// <summary>The lines of a module; none if it is never used.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <param name="module">An entry of <c>details</c>.</param>
    public IEnumerable<string> Of(string layer, JsonObject module)
    {
        if (module["usage"]!.GetValue<double>() == 0)
            yield break;
        yield return "";
        yield return $"{layer}, module {module["module"]}: {Percent(module["usage"]!)} of all choices";
        if (module["classes"] is JsonArray classes)
            yield return $"  {string.Join(", ", classes.Select(Class))}";
        if (module["images"] is JsonArray images)
            yield return $"  typical test images: {string.Join(", ", images.Select(image => $"{image}"))}";
        foreach (var read in module["contexts"]?.AsArray() ?? [])
        {
            yield return $"  {Title(read!)}: {Percent(read!["part"]!)} of what it reads; it reads {Percent(read["share"]!)} of them, "
                + $"{Factor(read["lift"]!)} times its share of all words";
            foreach (var example in read["examples"]!.AsArray())
                yield return $"      {example!["before"],40} {Highlight(example["word"]!.GetValue<string>())} {example["after"]}";
        }
    }

    private static string Title(JsonNode read) =>
        read["kind"]!.GetValue<string>() == "after" ? $"after '{read["word"]}'" : $"'{read["word"]}'";

    private static string Class(JsonNode? found) => $"{found!["label"]} {Percent(found["share"]!)}";

    private string Highlight(string word) => _isTerminal ? $"\u001b[7m{word}\u001b[0m" : $"[{word}]";

    private static string Percent(JsonNode share) => share.GetValue<double>().ToString("P0", CultureInfo.InvariantCulture);

    private static string Factor(JsonNode lift) => lift.GetValue<double>().ToString("F1", CultureInfo.InvariantCulture);
}
