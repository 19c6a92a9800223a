using System.Text.Json;
using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>
/// Reference numbers in double precision, computed by an independent implementation of the same networks.
/// </summary>
internal sealed class GoldenFile(string name)
{
    private readonly JsonElement _root = JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", name + ".json"))).RootElement;

    /// <summary>All numbers below a path such as <c>expected.grads.W</c>, in order.</summary>
    public double[] Numbers(string path) => [.. Flatten(At(path)).Select(number => number.GetDouble())];

    public double Number(string path) => Numbers(path).Single();

    public int[] Integers(string path) => [.. Flatten(At(path)).Select(number => number.GetInt32())];

    public int Integer(string path) => Integers(path).Single();

    /// <summary>
    /// Selections <c>[steps, batch, K]</c> as compositions, <c>[batch, steps * K]</c>; candidate <paramref name="index"/> of
    /// a list of selections.
    /// </summary>
    public IndexTensor Compositions(string path, int steps, int batch, int index = 0)
    {
        int[] picks = Integers(path);
        int count = Integer("K"), length = steps * count;
        var compositions = IndexTensor.Allocate(new Shape(batch, length));
        for (int t = 0; t < steps; t++)
        {
            for (int n = 0; n < batch; n++)
            {
                var ofStep = picks.AsSpan((((((index * steps) + t) * batch) + n) * count), count);
                ofStep.CopyTo(compositions.Values[((n * length) + (t * count))..]);
            }
        }
        return compositions;
    }

    private static IEnumerable<JsonElement> Flatten(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Flatten) : [element];

    private JsonElement At(string path) =>
        path.Split('.').Aggregate(_root, (element, part) => element.GetProperty(part));
}
