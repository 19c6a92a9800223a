namespace ModularNetworks.Data;

/// <summary>The pixels of a row or column that one pixel of the scaled picture is made of.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Weights">Their weights, of which the sum is 2^22.</param>
internal readonly record struct PixelWeights(int First, int[] Weights)
{
    private const int Bits = 22;
    private const int One = 1 << Bits;

    // The spline reaches two pixels to both sides.
    private const double Reach = 2;

    /// <summary>The pixel after the last.</summary>
    public int End => First + Weights.Length;

    /// <summary>The weights of all pixels of a scaled row or column, which has the same centre.</summary>
    /// <param name="size">The number of pixels.</param>
    /// <param name="toSize">The number of scaled pixels.</param>
    /// <param name="step">The distance between the centres of scaled pixels, in pixels.</param>
    public static PixelWeights[] Of(int size, int toSize, double step) =>
        [.. Enumerable.Range(0, toSize).Select(i => At((size / 2.0) + ((i + 0.5 - (toSize / 2.0)) * step), size, step))];

    /// <summary>A weighted sum as a pixel's value.</summary>
    public static byte Rounded(long sum) => (byte)Math.Clamp((sum + (One / 2)) >> Bits, 0, byte.MaxValue);

    private static PixelWeights At(double centre, int size, double step)
    {
        double width = Math.Max(step, 1);
        int first = Math.Max((int)Math.Floor(centre - (Reach * width)), 0);
        int end = Math.Min((int)Math.Ceiling(centre + (Reach * width)), size);
        double[] exact = [.. Enumerable.Range(first, end - first).Select(pixel => Spline((pixel + 0.5 - centre) / width))];
        double sum = exact.Sum();
        int[] weights = [.. exact.Select(weight => (int)Math.Round(weight / sum * One))];
        // The largest takes what rounding left, so that one colour stays what it is.
        weights[Array.IndexOf(weights, weights.Max())] += One - weights.Sum();
        return new PixelWeights(first, weights);
    }

    /// <summary>The spline of Catmull and Rom (1974), which is 1 at 0 and 0 at other whole numbers.</summary>
    private static double Spline(double distance)
    {
        double x = Math.Abs(distance);
        return x switch
        {
            < 1 => (((1.5 * x) - 2.5) * x * x) + 1,
            < Reach => (((((-0.5 * x) + 2.5) * x) - 4) * x) + 2,
            _ => 0,
        };
    }
}
