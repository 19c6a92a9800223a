using System.Globalization;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>The steps, trials and seeds that a budget pays for.</summary>
/// <param name="Steps">The number of gradient steps of a run.</param>
/// <param name="Trials">The number of settings that are tried for each row.</param>
/// <param name="Seeds">The number of final runs of each row.</param>
internal sealed record ComparisonSchedule(long Steps, int Trials, int Seeds)
{
    // Numbers after fewer steps tell nothing about the method.
    private const int FewestSteps = 100;

    // More than these are added while time is left, which is the best use of it: they make the interval narrower.
    private const int MostPlannedSeeds = 10;
    private const int MostSeeds = 20;

    // The machine may become slower than it was when it was measured.
    private const double ShareUsed = 0.6;

    // Of the time that is left, what a trial more and the seeds after it may take.
    private const double ShareOfTrialAndSeeds = 0.8;

    // What is named shall not be refused in its turn, if the machine is slower then or is measured for longer.
    private const double MarginOfRefusal = 1.5;

    // From the richest to the poorest: what a budget pays for, and the share of the usual steps below which it is too much.
    private static readonly (int Trials, int Seeds, double ShareOfSteps)[] Choices = [(6, MostPlannedSeeds, 1), (3, MostPlannedSeeds, 1), (3, 5, 0.25), (3, 3, 0)];

    private static (int Trials, int Seeds, double ShareOfSteps) Poorest => Choices[^1];

    /// <summary>Whether a larger budget brings no more steps, trials or seeds.</summary>
    public static bool IsRichest(ComparisonPlan plan) => plan.Steps >= plan.UsualSteps && plan.Trials >= Choices[0].Trials && plan.Seeds >= MostSeeds;

    /// <summary>Makes a schedule.</summary>
    /// <param name="costs">The rows.</param>
    /// <param name="seconds">The seconds that are left of the budget.</param>
    /// <param name="jobs">The number of runs at the same time.</param>
    /// <param name="usualSteps">The number of steps of a run that is long enough.</param>
    /// <exception cref="RunException">The budget is too small.</exception>
    public static ComparisonSchedule Of(IReadOnlyList<ComparisonCost> costs, double seconds, int jobs, long usualSteps)
    {
        foreach (var (trials, seeds, share) in Choices)
        {
            long steps = Math.Min(usualSteps, StepsIn(costs, seconds, jobs, trials, seeds));
            if (steps >= usualSteps * share && steps >= Fewest(usualSteps))
                return new ComparisonSchedule(steps, trials, seeds);
        }
        throw new RunException(string.Create(
            CultureInfo.InvariantCulture,
            $"--budget: what is left after the measurement of the speed does not pay for {Counted.Of(Fewest(usualSteps), "step")} of each run. "
            + $"Give --budget {Math.Ceiling(MarginOfRefusal * Minutes(costs, jobs, Fewest(usualSteps))):F0} or more."));
    }

    /// <summary>The number of steps below which there is no comparison.</summary>
    /// <param name="usualSteps">The number of steps of a run that is long enough.</param>
    public static long Fewest(long usualSteps) => Math.Min(FewestSteps, usualSteps);

    /// <summary>The minutes in which all rows take a number of steps with the fewest trials and seeds.</summary>
    public static int Minutes(IReadOnlyList<ComparisonCost> costs, int jobs, long steps)
    {
        var (trials, seeds, _) = Poorest;
        return (int)Math.Min(Math.Ceiling(Seconds(costs, jobs, steps, trials, seeds) / ShareUsed / 60) + 1, int.MaxValue);
    }

    /// <summary>Whether the rest of a budget pays for a trial more of all rows and the fewest seeds after it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="trialsDone">The number of trials that are done.</param>
    /// <param name="secondsTaken">The seconds that these took.</param>
    /// <param name="secondsLeft">The seconds that are left.</param>
    /// <param name="jobs">The number of runs at the same time.</param>
    public static bool PaysForTrial(ComparisonPlan plan, int trialsDone, double secondsTaken, double secondsLeft, int jobs)
    {
        // The first trials choose the learning rate, which is worth more than seeds above the fewest.
        int seeds = trialsDone < Poorest.Trials ? Math.Min(plan.Seeds, Poorest.Seeds) : plan.Seeds;
        double planned = Seconds(plan.Costs, jobs, plan.Steps, trialsDone, seeds: 0);
        double needed = Seconds(plan.Costs, jobs, plan.Steps, trials: 1, seeds) * secondsTaken / planned;
        return !(needed > secondsLeft * ShareOfTrialAndSeeds);
    }

    /// <summary>The number of seeds that the rest of a budget pays for, once the trials are done, or these and some seeds.</summary>
    /// <param name="plan">The plan, with the number of seeds at least.</param>
    /// <param name="seedsDone">The number of seeds that are done.</param>
    /// <param name="secondsTaken">The seconds that the trials and these seeds took.</param>
    /// <param name="secondsLeft">The seconds that are left.</param>
    /// <param name="jobs">The number of runs at the same time.</param>
    public static int PaidSeeds(ComparisonPlan plan, int seedsDone, double secondsTaken, double secondsLeft, int jobs)
    {
        // As much slower or faster as the runs were than they were planned.
        double round = Seconds(plan.Costs, jobs, plan.Steps, trials: 0, seeds: 1) * secondsTaken / Seconds(plan.Costs, jobs, plan.Steps, plan.Trials, seedsDone);
        int most = Math.Max(plan.Seeds, MostSeeds);
        return double.IsFinite(round) && round > 0 ? (int)Math.Clamp(seedsDone + (secondsLeft * ShareUsed / round), plan.Seeds, most) : plan.Seeds;
    }

    /// <summary>The number of steps that a budget pays for with the fewest trials and seeds.</summary>
    public static long StepsInPoorest(IReadOnlyList<ComparisonCost> costs, double seconds, int jobs) =>
        StepsIn(costs, seconds, jobs, Poorest.Trials, Poorest.Seeds);

    private static double Seconds(IReadOnlyList<ComparisonCost> costs, int jobs, long steps, int trials, int seeds) =>
        costs.Sum(cost => cost.FixedSeconds(trials, seeds) + (steps * cost.SecondsOfStep(trials, seeds))) / jobs;

    private static long StepsIn(IReadOnlyList<ComparisonCost> costs, double seconds, int jobs, int trials, int seeds)
    {
        double left = (seconds * ShareUsed * jobs) - costs.Sum(cost => cost.FixedSeconds(trials, seeds));
        double ofStep = costs.Sum(cost => cost.SecondsOfStep(trials, seeds));
        // A machine too fast to be measured can take all steps.
        return left <= 0 ? 0 : ofStep > 0 ? (long)Math.Min(left / ofStep, long.MaxValue / 2) : long.MaxValue;
    }
}
