using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments;

/// <summary>Entries that a file of a run must have.</summary>
internal static class JsonEntry
{
    /// <summary>The entry at a path of names.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static JsonNode Of(JsonNode node, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
            node = node[name] ?? throw new FormatException($"it has no entry {name}.");
        return node;
    }
}
