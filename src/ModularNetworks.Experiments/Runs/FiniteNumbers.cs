using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments;

/// <summary>Keeps numbers that JSON cannot hold out of metrics.</summary>
internal static class FiniteNumbers
{
    /// <summary>Checks every number in a measurement.</summary>
    /// <returns>The measurement.</returns>
    /// <exception cref="NonFiniteLossException">One is infinite or no number: training diverged.</exception>
    public static JsonObject Require(JsonObject measured)
    {
        Check(measured);
        return measured;
    }

    private static void Check(JsonNode? node)
    {
        if (node is JsonObject parts)
        {
            foreach (var (_, part) in parts)
                Check(part);
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
                Check(item);
        }
        else if (node is JsonValue value && value.TryGetValue(out double number) && !double.IsFinite(number))
        {
            throw new NonFiniteLossException(
                $"Evaluation: {value.GetPath()[2..]} is {number}");
        }
    }
}
