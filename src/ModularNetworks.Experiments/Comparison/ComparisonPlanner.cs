using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Plans a comparison, or the same one again.</summary>
/// <param name="question">The question.</param>
/// <param name="data">The data.</param>
/// <param name="counts">Counts the operations of networks.</param>
internal sealed class ComparisonPlanner(ComparisonQuestion question, ComparedData data, NetworkCounts counts)
{
    private const int LearningRateDigits = 3;
    // Of a small budget: the runtime needs some seconds until code is as fast as it will be, and steps are planned by it.
    private const double ShareToMeasure = 0.2;
    // Of the budget, before which the measurement of a row begins: the rest must pay for runs.
    private const double ShareToBeginRow = 0.35;
    private const double ShareToMeasureRow = 0.005;
    private const double FewestSecondsOfRow = 0.3;
    private const double MostSecondsOfRow = 5;

    private readonly IReadOnlyList<SuiteMethod> _methods = ComparisonMethods.Of(data.Options, data.Column);

    /// <summary>Plans for a question about some data.</summary>
    public ComparisonPlanner(ComparisonQuestion question, ComparedData data)
        : this(question, data, new NetworkCounts(question.Experiments))
    {
    }

    /// <summary>The same, whose networks are made as another question says.</summary>
    public ComparisonPlanner For(ComparisonQuestion other) => new(other, data, new NetworkCounts(other.Experiments, counts));

    /// <summary>Measures how fast each method is, and plans what the budget pays for.</summary>
    /// <param name="clock">Tells how long the comparison has taken.</param>
    /// <param name="tell">Is told what is done; null if nobody is.</param>
    /// <param name="stop">Asks for a stop.</param>
    /// <exception cref="RunException">The budget is too small.</exception>
    public ComparisonPlan Make(ComparisonClock clock, Action<string>? tell, CancellationToken stop)
    {
        long usual = data.Options.Steps;
        double budget = question.BudgetMinutes * 60;
        tell?.Invoke("measuring how fast each method is");
        var all = Runs([.. _methods.Select(method => method.Name)], usual, trials: 1, seeds: 1, data.Metric, data.HigherIsBetter);
        double ofRow = Math.Clamp(budget * ShareToMeasureRow, FewestSecondsOfRow, MostSecondsOfRow);
        double most = Math.Max(0, (budget * ShareToMeasure) - data.EvaluationSeconds);
        var costs = new ComparisonCalibration(
            all, question.Jobs, ofRow, most, data.EvaluationSeconds / data.PredictionOperations, question.Time)
        {
            SecondsToBegin = (budget * ShareToBeginRow) - clock.Seconds,
        }.Measure(stop);
        var kept = new ComparisonCut(costs, question.Jobs, usual).Of(budget - clock.Seconds);
        string[] unmeasured = [.. _methods.Select(method => method.Name).Where(method => costs.All(cost => cost.Method != method))];
        var schedule = ComparisonSchedule.Of(kept.Costs, budget - clock.Seconds, question.Jobs, usual);
        return new ComparisonPlan
        {
            Config = OptionsJson.Entries(data.Options),
            Data = data.Fingerprint,
            BudgetMinutes = question.BudgetMinutes,
            CalibrationSeconds = Math.Round(clock.Seconds, 1),
            Metric = data.Metric,
            HigherIsBetter = data.HigherIsBetter,
            Steps = schedule.Steps,
            UsualSteps = usual,
            Trials = schedule.Trials,
            Seeds = schedule.Seeds,
            MinutesForUsualSteps = ComparisonSchedule.Minutes(kept.Costs, question.Jobs, usual),
            Methods = [.. _methods.Select(method => method.Name).Where(method => kept.Costs.Any(cost => cost.Method == method))],
            LeftOut = unmeasured.Length == 0 ? kept.LeftOut : [.. kept.LeftOut, ComparisonCut.Unmeasured(unmeasured)],
            Costs = kept.Costs,
        };
    }

    /// <summary>The runs of a plan.</summary>
    public SuitePlan Runs(ComparisonPlan plan) => Runs(plan.Methods, plan.Steps, plan.Trials, plan.Seeds, plan.Metric, plan.HigherIsBetter);

    /// <summary>Checks that the plan in a folder is one for this question.</summary>
    /// <exception cref="RunException">It is one for another, or the data have changed.</exception>
    public void RequireSame(ComparisonPlan plan, string folder)
    {
        var differences = OptionsJson.Differences(plan.Options(question.Experiments, folder), data.Options)
            .Where(difference => difference.Name is not "threads")
            .Select(difference => $"{difference.Name} is {difference.First} there and {difference.Second} here");
        if (string.Join(", ", differences) is { Length: > 0 } list)
            throw new RunException($"{folder} holds a comparison with other options: {list}. Choose another --out.");
        if (plan.Data != data.Fingerprint)
            throw new RunException($"{folder}: the data are not those that this comparison began with. Give those, or choose another --out.");
        if (question.BudgetMinutes < plan.BudgetMinutes)
        {
            throw new RunException(FormattableString.Invariant(
                $"{folder} holds a comparison that was planned for {Counted.Of(plan.BudgetMinutes, "minute")}; --budget {question.BudgetMinutes} is less. Give as many or more, or choose another --out."));
        }
    }

    private SuitePlan Runs(IReadOnlyList<string> methods, long steps, int trials, int seeds, string metric, bool higherIsBetter)
    {
        var task = new SuiteTask(data.Options.Experiment, "data of one's own", metric, higherIsBetter, data.Options with { Steps = steps })
        {
            // Rates that are read and typed easily.
            Settings = [.. SuiteSetting.Usual.Select(setting => setting with { LearningRateDigits = LearningRateDigits })],
        };
        var scope = new SuiteScope([task], [.. _methods.Where(method => methods.Contains(method.Name))], seeds, trials, Threads: 1)
        {
            MeasurementsOfRun = 1,
            InspectsRuns = false,
            LosesDivergedRows = true,
        };
        return new SuitePlan(new SuiteCatalogue([task], _methods), scope, question.Experiments, counts);
    }
}
