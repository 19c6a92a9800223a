using System.Globalization;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Leaves rows out of a comparison whose budget does not pay for all of them.</summary>
/// <param name="costs">All rows that were measured.</param>
/// <param name="jobs">The number of runs at the same time.</param>
/// <param name="usualSteps">The number of steps of a run that is long enough.</param>
internal sealed class ComparisonCut(IReadOnlyList<ComparisonCost> costs, int jobs, long usualSteps)
{
    // What tells how much there is to gain must not take the time of what is asked.
    private const double MostShareOfWide = 0.3;

    /// <summary>The rows that are kept, and a sentence for those that are not.</summary>
    /// <param name="seconds">The seconds that are left of the budget.</param>
    public (IReadOnlyList<ComparisonCost> Costs, IReadOnlyList<string> LeftOut) Of(double seconds)
    {
        var (kept, leftOut) = (costs, new List<string>());
        if (seconds < ComparisonSchedule.Minutes(costs, jobs, usualSteps) * 60 && ShareOfWide() > MostShareOfWide)
        {
            kept = Without(kept, SuiteMethod.DenseWide);
            leftOut.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{SuiteMethod.DenseWide} is left out: its runs would take {ShareOfWide() * 100:F0} % of the time. A larger budget has it."));
        }
        string[] last = [.. Last(kept, seconds)];
        if (last.Length > 0)
        {
            leftOut.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{string.Join(", ", last)} {(last.Length == 1 ? "is" : "are")} left out: the budget does not pay for {Counted.Of(Fewest, "step")} of all rows. A larger one does."));
        }
        return (last.Aggregate(kept, Without), leftOut);
    }

    /// <summary>A sentence for methods that there was no time to measure.</summary>
    public static string Unmeasured(IReadOnlyList<string> methods) =>
        $"{string.Join(", ", methods)} {(methods.Count == 1 ? "is" : "are")} left out: there was no time to measure how fast {(methods.Count == 1 ? "it is" : "they are")}. A larger budget has it.";

    private long Fewest => ComparisonSchedule.Fewest(usualSteps);

    /// <summary>The methods that go from the end, since the question is asked of dense and the first EM.</summary>
    private IEnumerable<string> Last(IReadOnlyList<ComparisonCost> kept, double seconds)
    {
        string em = costs.First(cost => cost.Method != SuiteMethod.Dense).Method;
        while (ComparisonSchedule.StepsInPoorest(kept, seconds, jobs) < Fewest
            && kept.LastOrDefault(cost => cost.Method is not SuiteMethod.Dense && cost.Method != em) is { } last)
        {
            yield return last.Method;
            kept = Without(kept, last.Method);
        }
    }

    private static IReadOnlyList<ComparisonCost> Without(IReadOnlyList<ComparisonCost> kept, string method) => [.. kept.Where(cost => cost.Method != method)];

    private double ShareOfWide() => costs.Where(cost => cost.Method == SuiteMethod.DenseWide).Sum(Seconds) / costs.Sum(Seconds);

    /// <summary>The seconds of one final run.</summary>
    private double Seconds(ComparisonCost cost) => cost.FixedSeconds(trials: 0, seeds: 1) + (usualSteps * cost.SecondsOfStep(trials: 0, seeds: 1));
}
