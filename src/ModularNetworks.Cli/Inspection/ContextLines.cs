using System.Globalization;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Inspection;

/// <summary>The work of one module in lines of text: its classes, columns or typical images, or the words that it reads (Table 2).</summary>
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
        if (module.Target is { } target)
            yield return $"  mean {target.Column} {Short(target.Mean)} (of all rows {Short(target.MeanOfAll)})";
        if (module.Columns is { Count: > 0 } columns)
            yield return $"  its rows (and all rows): {string.Join("; ", columns.Select(Difference))}";
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

    private static string Difference(ColumnDifference found) => found.Kind switch
    {
        "number" => $"{found.Column} {Short(found.Mean)} ({Short(found.MeanOfAll)})",
        "date" => $"{found.Column} {Date(found.Mean)} ({Date(found.MeanOfAll)})",
        "yesNo" => $"{found.Column} yes {Percent(found.Mean)} ({Percent(found.MeanOfAll)})",
        _ => $"{found.Column} {found.Word ?? found.Kind} {Percent(found.Mean)} ({Percent(found.MeanOfAll)})",
    };

    private static string Short(double number) => number.ToString(Math.Abs(number) is >= 1000 and < 1e9 ? "F0" : "G4", CultureInfo.InvariantCulture);

    private static string Date(double days) => DateTime.UnixEpoch.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Title(ContextUse read) => read.Kind == "after" ? $"after '{read.Word}'" : $"'{read.Word}'";

    private string Highlight(string word) => _isTerminal ? $"\u001b[7m{word}\u001b[0m" : $"[{word}]";

    private static string Percent(double share) => share.ToString("P0", CultureInfo.InvariantCulture);

    private static string Factor(double lift) => lift.ToString("F1", CultureInfo.InvariantCulture);
}
