using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModularNetworks.ML.Tests;

/// <summary>A row of generated data: on each side another rule makes colour and height of two numbers.</summary>
internal sealed class Ball
{
    public const int FeatureCount = 3;

    [VectorType(FeatureCount)]
    public float[] Features { get; set; } = [];

    public string Colour { get; set; } = "";

    public float Height { get; set; }

    public static Ball[] Some(int count) => [.. Enumerable.Range(0, count).Select(Number)];

    public static IDataView Data(MLContext context, int count = 300) => context.Data.LoadFromEnumerable(Some(count));

    private static Ball Number(int n)
    {
        float side = n % 2 == 0 ? -1 : 1;
        float x = n * 0.6180340f % 1, y = n * 0.4142136f % 1;
        string[] colours = side < 0 ? ["red", "green", "blue"] : ["blue", "green", "red"];
        return new Ball { Features = [side, x, y], Colour = colours[(int)(3 * x)], Height = 100 + (side < 0 ? 10 * x : -20 * y) };
    }
}

/// <summary>The answer for a row.</summary>
internal sealed class Answer
{
    public uint PredictedLabel { get; set; }

    public float[] Score { get; set; } = [];

    public long[] Module { get; set; } = [];
}

/// <summary>The predicted number for a row.</summary>
internal sealed class NumberAnswer
{
    public float Score { get; set; }

    public long[] Module { get; set; } = [];
}
