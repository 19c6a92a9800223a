using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments;

/// <summary>Keeps numbers that JSON cannot hold out of metrics and checkpoints.</summary>
internal static class FiniteNumbers
{
    /// <summary>Checks every number of what will be written.</summary>
    /// <param name="source">The source of the numbers, for the message.</param>
    /// <param name="numbers">The numbers.</param>
    /// <returns>The numbers.</returns>
    /// <exception cref="NonFiniteLossException">One is infinite or no number: training diverged.</exception>
    public static JsonObject Require(string source, JsonObject numbers)
    {
        Check(source, numbers);
        return numbers;
    }

    private static void Check(string source, JsonNode? node)
    {
        if (node is JsonObject parts)
        {
            foreach (var (_, part) in parts)
                Check(source, part);
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
                Check(source, item);
        }
        else if (node is JsonValue value && value.TryGetValue(out double number) && !double.IsFinite(number))
        {
            throw new NonFiniteLossException(
                $"{source}: {value.GetPath()[2..]} is {number}");
        }
    }
}
