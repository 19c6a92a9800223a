using ModularNetworks.Engine;

namespace ModularNetworks.Onnx.Tests;

/// <summary>Numbers that a seed draws.</summary>
internal static class Drawn
{
    /// <summary>Standard normal numbers.</summary>
    public static float[] Numbers(int count, ulong seed)
    {
        var key = RandomKey.FromSeed(seed);
        return [.. Enumerable.Range(0, count).Select(n => (float)key.Normal((ulong)n))];
    }

    /// <summary>Whole numbers from 0 to below a bound.</summary>
    public static int[] Below(int bound, int count, ulong seed)
    {
        var key = RandomKey.FromSeed(seed);
        return [.. Enumerable.Range(0, count).Select(n => key.Below((ulong)n, bound))];
    }

    /// <summary>Draws all parameters of a network, also those that begin at zero, so that each module is used and differs from the others.</summary>
    public static TNetwork Randomized<TNetwork>(this TNetwork network, IReadOnlyList<Parameter> parameters, double deviation = 0.5)
    {
        ulong seed = 100;
        foreach (var parameter in parameters)
        {
            float[] numbers = Numbers(parameter.Shape.Count, seed++);
            for (int i = 0; i < numbers.Length; i++)
                parameter.Value[i] = numbers[i] * deviation;
            if (parameter.Name.Contains("controller", StringComparison.Ordinal) || parameter.Name.Contains("ate.weight", StringComparison.Ordinal))
                Centre(parameter.Value);
        }
        return network;
    }

    // What all inputs have in common decides nothing: else a few modules would be used.
    private static void Centre(Tensor weight)
    {
        if (weight.Shape.Rank == 1)
            weight.Values.Clear();
        if (weight.Shape.Rank != 2)
            return;
        int rows = weight.Shape[0], columns = weight.Shape[1];
        for (int column = 0; column < columns; column++)
        {
            double mean = Enumerable.Range(0, rows).Average(row => weight[(row * columns) + column]);
            for (int row = 0; row < rows; row++)
                weight[(row * columns) + column] -= mean;
        }
    }
}
