namespace ModularNetworks.Bench;

/// <summary>Where the numbers of several rounds lie.</summary>
/// <param name="Median">Half of the numbers are not above it.</param>
/// <param name="Min">The smallest.</param>
/// <param name="Max">The largest.</param>
internal sealed record Spread(double Median, double Min, double Max)
{
    // More would be noise.
    private const int Decimals = 3;

    /// <summary>The spread of at least one number.</summary>
    public static Spread Of(IReadOnlyCollection<double> values) =>
        new(Rounded(MedianOf(values)), Rounded(values.Min()), Rounded(values.Max()));

    /// <summary>The middle one in order, or the mean of the middle two.</summary>
    public static double MedianOf(IReadOnlyCollection<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static double Rounded(double value) => Math.Round(value, Decimals);
}
