using System.Globalization;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Says in one sentence whether modules pay, from the rows of a comparison.</summary>
/// <param name="plan">The plan.</param>
/// <param name="budgetMinutes">The minutes that it may take, which may be more than were planned for.</param>
/// <param name="rows">The rows.</param>
/// <param name="seeds">The number of seeds of each row.</param>
internal sealed class ComparisonSentence(ComparisonPlan plan, double budgetMinutes, IReadOnlyList<ComparisonRow> rows, int seeds)
{
    /// <summary>The share of dense's error below which a difference is a trifle.</summary>
    public const double Trifle = 0.02;

    private const string EmPrefix = "em-";
    private const string Longer = ComparisonRows.DenseLonger;

    private readonly ComparisonRow? _dense = rows.FirstOrDefault(row => row.Name == SuiteMethod.Dense);

    /// <summary>The EM that is best on validation data, so that no test number chooses it.</summary>
    private readonly ComparisonRow? _em = Best(plan, rows.Where(row => row.Method.StartsWith(EmPrefix, StringComparison.Ordinal)));

    /// <summary>The answer.</summary>
    public ComparisonAnswer Answer()
    {
        if (_dense is null || _em?.DifferenceToDense is not { Interval: [var low, var high] } difference)
            return Open($"{(seeds == 0 ? "no seed" : seeds == 1 ? "one seed alone" : "not every method")} came to its end");
        if (difference.IsBetter(plan.HigherIsBetter))
            return Pays(difference);
        if (difference.IsBetter(!plan.HigherIsBetter))
            return NotPaying(ComparisonVerdict.Loses, $"{Both()}, {Amount("worse", difference)}");
        double most = Trifle * ErrorOf(_dense.Mean);
        string between = $"{Both()}, and the difference lies between {Side(low)} and {Side(high)} (95 % interval, {Counted.Of(seeds, "seed")})";
        return low >= -most && high <= most
            ? NotPaying(ComparisonVerdict.Equal, $"{between}, less than {Trifle * 100:F0} % of the error")
            : Open(between);
    }

    private ComparisonAnswer Pays(SuiteDifference difference)
    {
        string paying = $"{Both()}, {Amount("better", difference)}";
        if (_em!.DifferenceAtEqualTraining is { } equal && equal.IsBetter(!plan.HigherIsBetter))
        {
            return new ComparisonAnswer(
                ComparisonVerdict.Pays,
                $"Modules pay for equal steps only: {paying}, but dense that is trained for as many operations is {Amount("better", equal)}; use {Longer}.",
                Longer);
        }
        bool isForEqualStepsOnly = _em.DifferenceAtEqualTraining is { } longer && !longer.IsBetter(plan.HigherIsBetter);
        // Another modular method may be better still; it costs no more, or it would be no win.
        var use = Best(plan, [_em, .. Others()])!;
        string more = use == _em ? "" : $", and {use.Name}, with {Number(use.Mean)}, is better on validation data";
        return new ComparisonAnswer(ComparisonVerdict.Pays, $"Modules pay {(isForEqualStepsOnly ? "for equal steps only" : "here")}: {paying}{AtEqualTraining()}{more}; use {use.Name}.", use.Name);
    }

    private string AtEqualTraining() => _em!.DifferenceAtEqualTraining switch
    {
        null => "",
        { } equal when equal.IsBetter(plan.HigherIsBetter) => $", and by {Number(Math.Abs(equal.Mean))} than dense that is trained for as many operations",
        _ => ", but not clearly better than dense that is trained for as many operations",
    };

    private ComparisonAnswer NotPaying(ComparisonVerdict verdict, string reason)
    {
        var other = Best(plan, Others());
        return other is null
            ? new(verdict, $"Modules do not pay here: {reason}; use dense.", _dense!.Name)
            : new(
                verdict,
                $"Modules trained by EM do not pay here: {reason}; but {other.Name} has {Number(other.Mean)}, {Amount("better", other.DifferenceToDense!)}: use {other.Name}.",
                other.Name);
    }

    private ComparisonAnswer Open(string reason) => new(
        ComparisonVerdict.Open,
        seeds == plan.Seeds && ComparisonSchedule.IsRichest(plan)
            ? $"It cannot be told whether modules pay here: {reason}; a larger budget brings no more seeds, but more data may tell, or more --steps with a new --out."
            : $"The budget was too short to tell whether modules pay here: {reason}; {WayOn()}.",
        null);

    /// <summary>Where seeds are missing, more time brings them; where all are there, only more steps or seeds from the start tell more.</summary>
    private string WayOn()
    {
        double more = 2 * budgetMinutes;
        return seeds < plan.Seeds
            ? string.Create(CultureInfo.InvariantCulture, $"the same command with --budget {Math.Ceiling(more)} goes on with what is missing")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"try --budget {Math.Ceiling(Math.Max(more, plan.Steps < plan.UsualSteps ? plan.MinutesForUsualSteps : 0))} with a new --out");
    }

    /// <summary>Modular methods besides EM that are better than dense with no more operations.</summary>
    private IEnumerable<ComparisonRow> Others() => rows.Where(row =>
        row.Verdict == SuiteVerdict.Win && row.Modules > row.Picks && !row.Method.StartsWith(EmPrefix, StringComparison.Ordinal));

    private static ComparisonRow? Best(ComparisonPlan plan, IEnumerable<ComparisonRow> rows) =>
        plan.HigherIsBetter ? rows.MaxBy(row => row.ValidMean) : rows.MinBy(row => row.ValidMean);

    /// <summary>The distance of a number from the best that there can be.</summary>
    private double ErrorOf(double value) => plan.HigherIsBetter ? Math.Abs(1 - value) : Math.Abs(value);

    /// <summary>The numbers of EM and of dense.</summary>
    private string Both() => string.Create(
        CultureInfo.InvariantCulture,
        $"after {_em!.Steps}{(plan.Steps < plan.UsualSteps ? $" of the usual {Counted.Of(plan.UsualSteps, "step")}" : _em.Steps == 1 ? " step" : " steps")} {_em.Name} has {Number(_em.Mean)} {Words(plan.Metric)} on test data and dense of equal operations {Number(_dense!.Mean)}");

    private static string Words(string metric) => metric switch
    {
        "r2" => "R²",
        "bitsPerCharacter" => "bits per character",
        "loss" => "mean squared error",
        _ => metric,
    };

    /// <summary>The size of a difference whose interval lies on one side.</summary>
    private string Amount(string word, SuiteDifference difference)
    {
        double[] ends = [.. difference.Interval!.Select(Math.Abs).Order()];
        return string.Create(
            CultureInfo.InvariantCulture, $"{word} by {Number(Math.Abs(difference.Mean))} (95 % interval {Number(ends[0])} to {Number(ends[1])}, {Counted.Of(seeds, "seed")})");
    }

    private string Side(double difference) =>
        difference == 0 ? "0" : $"{Number(Math.Abs(difference))} {(difference > 0 == plan.HigherIsBetter ? "better" : "worse")}";

    private static string Number(double value) =>
        value.ToString(value == 0 || Math.Abs(value) >= 0.001 ? "F4" : "0.00e0", CultureInfo.InvariantCulture);
}
