namespace ModularNetworks.Experiments;

/// <summary>The difference of a method to dense.</summary>
/// <param name="Mean">The mean over the seeds of the method's number less dense's with the same seed.</param>
/// <param name="Interval">Its 95 % confidence interval, low and high; null for one seed.</param>
public sealed record SuiteDifference(double Mean, IReadOnlyList<double>? Interval)
{
    /// <summary>The differences of numbers that have the same order of seeds.</summary>
    internal static SuiteDifference Of(IReadOnlyList<double> numbers, IReadOnlyList<double> dense) => new(
        numbers.Zip(dense, (number, other) => number - other).Average(), SuiteRow.EndsOf(MeanInterval.OfDifference(numbers, dense)));

    /// <summary>Whether 0 is outside of the interval, on the better side.</summary>
    internal bool IsBetter(bool higherIsBetter) => Interval is [var low, var high] && (higherIsBetter ? low > 0 : high < 0);
}
