using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Points of the plane in four clusters at its corners. The class is whether both numbers have the same sign, which no line tells.</summary>
internal sealed class Corners
{
    public Corners(int count, ulong seed)
    {
        var key = RandomKey.FromSeed(seed);
        Rows = new float[count][];
        Labels = new int[count];
        Targets = new float[count];
        for (int n = 0; n < count; n++)
        {
            float x = (n % 2 == 0 ? 3 : -3) + (float)key.Normal((ulong)(2 * n)), y = (n / 2 % 2 == 0 ? 3 : -3) + (float)key.Normal((ulong)((2 * n) + 1));
            Rows[n] = [x, y];
            Labels[n] = x * y > 0 ? 1 : 0;
            Targets[n] = Math.Abs(x) + (2 * Math.Abs(y));
        }
    }

    public float[][] Rows { get; }

    public int[] Labels { get; }

    /// <summary>A number for each point, which is linear in each corner.</summary>
    public float[] Targets { get; }
}
