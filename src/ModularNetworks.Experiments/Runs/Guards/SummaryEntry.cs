using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments;

/// <summary>Entries that a summary, or a line of metrics, must have.</summary>
internal static class SummaryEntry
{
    /// <summary>The entry at a path of names.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static JsonNode Of(JsonNode node, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
            node = node[name] ?? throw new FormatException($"it has no entry {name}.");
        return node;
    }

    /// <summary>The mean time of a step since the run was last resumed, in milliseconds; null if there was none.</summary>
    /// <param name="summary">What <c>summary.json</c> holds.</param>
    /// <param name="step"><c>m</c> or <c>e</c>.</param>
    /// <exception cref="FormatException">There is no such entry.</exception>
    public static double? Time(JsonNode summary, string step) =>
        Of(summary, "stepMilliseconds", step).GetValue<double>() is > 0 and var time ? time : null;
}
