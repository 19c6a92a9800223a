using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments;

/// <summary>When a module counts as used.</summary>
public static class ModulesUsed
{
    private const double ShareOfFairShare = 0.1;

    /// <summary>The number of modules that are the most probable pick more often than a tenth of their fair share.</summary>
    /// <param name="usage">Each module's share of the most probable picks.</param>
    /// <exception cref="FormatException">A share is missing.</exception>
    public static int Count(JsonArray usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        return usage.Count(share => ShareOf(share) > ShareOfFairShare / usage.Count);
    }

    private static double ShareOf(JsonNode? share) =>
        share?.GetValue<double>() ?? throw new FormatException("the share of a module is missing.");
}
