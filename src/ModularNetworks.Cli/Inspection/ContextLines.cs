using System.Globalization;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Inspection;

/// <summary>The work of one module in lines of text: its classes and typical images, or the words that it reads (Table 2).</summary>
/// <param name="context">Knows whether there is a terminal, on which words are highlighted; elsewhere they stand in brackets.</param>
internal sealed class ContextLines(CliContext context)
{
    private readonly bool _isTerminal = context.Console.Profile.Capabilities.Ansi && context.Console.Profile.Out.IsTerminal;

    /// <summary>The lines of a module; none if it is never used.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <param name="module">The module.</param>
    public IEnumerable<string> Of(string layer, ModuleDetail module)
    {
        if (module.Usage == 0)
            yield break;
        yield return "";
        yield return $"{layer}, module {module.Module}: {Percent(module.Usage)} of all choices";
        if (module.Classes is { } classes)
            yield return $"  {string.Join(", ", classes.Select(found => $"{found.Label} {Percent(found.Share)}"))}";
        if (module.Images is { } images)
            yield return $"  typical test images: {string.Join(", ", images)}";
        foreach (var read in module.Contexts ?? [])
        {
            yield return $"  {Title(read)}: {Percent(read.Part)} of what it reads; it reads {Percent(read.Share)} of them, "
                + $"{Factor(read.Lift)} times its share of the text";
            foreach (var example in read.Examples)
                yield return $"      {example.Before,40} {Highlight(example.Word)} {example.After}";
        }
    }

    private static string Title(ContextUse read) => read.Kind == "after" ? $"after '{read.Word}'" : $"'{read.Word}'";

    private string Highlight(string word) => _isTerminal ? $"\u001b[7m{word}\u001b[0m" : $"[{word}]";

    private static string Percent(double share) => share.ToString("P0", CultureInfo.InvariantCulture);

    private static string Factor(double lift) => lift.ToString("F1", CultureInfo.InvariantCulture);
}
