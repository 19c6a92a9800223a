namespace ModularNetworks.Engine;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    // Beyond it, the smaller tail is below the rounding of 1.
    private const double Farthest = 8.3;

    /// <summary>φ(x) = exp(-x²/2) / sqrt(2π).</summary>
    public static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);

    /// <summary>
    /// Φ(x), with an absolute error of a few roundings: 1/2 + φ(x) (x + x³/3 + x⁵/(3·5) + ...), whose terms all have the
    /// same sign (Marsaglia, "Evaluating the normal distribution", 2004).
    /// </summary>
    public static double Cumulative(double x)
    {
        if (Math.Abs(x) > Farthest)
            return x > 0 ? 1 : 0;
        double term = x, sum = x, before = 0;
        for (int odd = 3; sum != before && !double.IsNaN(x); odd += 2)
        {
            before = sum;
            term *= x * x / odd;
            sum += term;
        }
        return 0.5 + (sum * Density(x));
    }
}
