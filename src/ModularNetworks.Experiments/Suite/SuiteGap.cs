namespace ModularNetworks.Experiments;

/// <summary>The share of the gap between dense and dense-wide that a method closes (<see cref="GapClosed"/>).</summary>
/// <param name="Mean">The mean over the seeds.</param>
/// <param name="Interval">Its 95 % confidence interval, low and high; null for one seed.</param>
public sealed record SuiteGap(double Mean, IReadOnlyList<double>? Interval)
{
    /// <summary>The shares of runs that have the same seeds in the same order.</summary>
    /// <param name="row">The method's row.</param>
    /// <param name="dense">The row of dense, in the same table.</param>
    /// <param name="wide">The row of dense-wide, in the same table.</param>
    /// <returns>Null if there is a seed with which dense-wide is no better than dense.</returns>
    internal static SuiteGap? Of(SuiteRow row, SuiteRow dense, SuiteRow wide)
    {
        double toLoss = row.HigherIsBetter ? -1 : 1;
        double[] shares = [.. row.Runs.Values.Select((number, seed) => GapClosed.Of(
            toLoss * dense.Runs.Values[seed], toLoss * number, toLoss * wide.Runs.Values[seed])).OfType<double>()];
        return shares.Length == row.Seeds ? new SuiteGap(shares.Average(), SuiteRow.EndsOf(MeanInterval.Of(shares))) : null;
    }
}
