namespace ModularNetworks.Benchmarks;

/// <summary>The median and the range of the numbers of several rounds.</summary>
/// <param name="Median">The median of the numbers.</param>
/// <param name="Min">The smallest number.</param>
/// <param name="Max">The largest number.</param>
public sealed record Spread(double Median, double Min, double Max)
{
    // More would be noise.
    private const int Digits = 4;

    // As far as double precision can round.
    private const int MostDecimals = 15;

    /// <summary>The spread of numbers; null if there are none.</summary>
    internal static Spread? Of(IReadOnlyCollection<double> values) => values.Count == 0
        ? null
        : new Spread(Rounded(Percentile(values, 50)), Rounded(values.Min()), Rounded(values.Max()));

    /// <summary>A percentile of numbers, interpolated linearly between the two nearest ones.</summary>
    /// <param name="values">At least one number.</param>
    /// <param name="percent">The percentile, from 0 to 100.</param>
    internal static double Percentile(IReadOnlyCollection<double> values, double percent)
    {
        double[] sorted = [.. values.Order()];
        double place = percent / 100 * (sorted.Length - 1);
        int below = (int)place, above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }

    private static double Rounded(double value)
    {
        if (value == 0)
            return 0;
        int decimals = Digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return Math.Round(value, Math.Clamp(decimals, 0, MostDecimals));
    }
}
