using System.Text.Json;

namespace ModularNetworks.Experiments;

/// <summary>Reads entries that have other names in files of earlier versions.</summary>
internal static class EarlierNames
{
    // H_b with the time steps and the picks taken together: with one pick it is the time-pooled H_b, with more it is another measure.
    private const string Pooled = "\"pooledBatchSelectionEntropy\"";
    private const string TimePooled = "\"timePooledBatchSelectionEntropy\"";

    /// <summary>Gives the entries of a summary the names of this version.</summary>
    /// <param name="text">The content of the file.</param>
    /// <exception cref="JsonException">The text is not one sound JSON object.</exception>
    public static JsonElement ReadSummary(string text)
    {
        var summary = StrictJson.Parse(text);
        bool hasOnePick = summary.TryGetProperty("parallel", out var picks) && picks.ValueKind == JsonValueKind.Number
            && picks.TryGetInt32(out int number) && number == 1;
        return hasOnePick && text.Contains(Pooled, StringComparison.Ordinal)
            ? StrictJson.Parse(text.Replace(Pooled, TimePooled, StringComparison.Ordinal))
            : summary;
    }
}
