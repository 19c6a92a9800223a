using MathNet.Numerics.Distributions;

namespace ModularNetworks.Experiments;

/// <summary>
/// A mean over seeds and its 95 % confidence interval by Student's t distribution. The interval is exact for numbers that are
/// normally distributed, and is wide for few of them.
/// </summary>
/// <param name="Mean">The mean.</param>
/// <param name="HalfWidth">t_0.975 s / √n with n − 1 degrees of freedom and s the sample's standard deviation.</param>
public sealed record MeanInterval(double Mean, double HalfWidth)
{
    private const double UpperTail = 0.025;

    /// <summary>The lower end.</summary>
    public double Low => Mean - HalfWidth;

    /// <summary>The upper end.</summary>
    public double High => Mean + HalfWidth;

    /// <summary>The mean of some numbers.</summary>
    /// <param name="numbers">One number for each seed.</param>
    /// <returns>The interval; null for less than two numbers, which have no spread.</returns>
    public static MeanInterval? Of(IReadOnlyList<double> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        if (numbers.Count < 2)
            return null;
        double mean = numbers.Average(), freedom = numbers.Count - 1;
        double variance = numbers.Sum(number => (number - mean) * (number - mean)) / freedom;
        return new MeanInterval(mean, StudentT.InvCDF(0, 1, freedom, 1 - UpperTail) * Math.Sqrt(variance / numbers.Count));
    }

    /// <summary>
    /// The mean of the differences first − second of runs that share a seed. What both runs owe to the seed cancels; if the interval
    /// does not contain 0, the two differ.
    /// </summary>
    /// <param name="first">One number for each seed.</param>
    /// <param name="second">One number for each seed, in the same order.</param>
    /// <returns>The interval; null for less than two seeds.</returns>
    /// <exception cref="ArgumentException">The two have not the same number of seeds.</exception>
    public static MeanInterval? OfDifference(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return first.Count == second.Count
            ? Of([.. first.Zip(second, (one, other) => one - other)])
            : throw new ArgumentException(
                $"MeanInterval: {first.Count} and {second.Count} numbers cannot be paired; give both for the same seeds.");
    }
}
