namespace ModularNetworks.Experiments.Tests;

public sealed class ComparisonScheduleTests
{
    // Two rows, 2.5 / 256 s a step in all: 101 s of one job, of which 60.6 are planned, are 6205 steps to share.
    private static readonly ComparisonCost[] Costs = [Cost("dense", 1.0 / 256), Cost("em", 1.5 / 256)];

    [Theory]
    [InlineData(300, 300, 6, 10)]
    [InlineData(400, 400, 3, 10)]
    [InlineData(500, 500, 3, 5)]
    [InlineData(2900, 775, 3, 5)]
    [InlineData(4000, 1034, 3, 3)]
    public void A_budget_pays_for_steps_first_and_then_for_seeds_and_trials(long usual, long steps, int trials, int seeds) =>
        Assert.Equal(new ComparisonSchedule(steps, trials, seeds), ComparisonSchedule.Of(Costs, 101, jobs: 1, usual));

    [Fact]
    public void What_runs_take_besides_steps_is_planned_too()
    {
        // 2 rows: 3 trials of 1 + 1 s, 3 final runs of 1 + 3 * 1 s, so that 60.6 - 36 s are left for 6 * 2.5 / 256 s a step.
        ComparisonCost[] costs = [.. Costs.Select(cost => cost with { SetupSeconds = 1, EvaluationSeconds = 1 })];
        Assert.Equal(new ComparisonSchedule(419, 3, 3), ComparisonSchedule.Of(costs, 101, jobs: 1, usualSteps: 4000));
    }

    [Fact]
    public void Several_runs_at_the_same_time_take_more_steps() =>
        Assert.Equal(2068, ComparisonSchedule.Of(Costs, 101, jobs: 2, usualSteps: 20_000).Steps);

    [Fact]
    public void A_row_that_trains_longer_costs_as_many_times_more() =>
        Assert.Equal(686, ComparisonSchedule.Of([Costs[0] with { StepsFactor = 3 }, Costs[1] with { StepSeconds = 0.003 }], 101, jobs: 1, usualSteps: 4000).Steps);

    [Theory]
    [InlineData(-3)]
    [InlineData(0.5)]
    [InlineData(9)] // 92 steps
    public void A_budget_that_is_too_small_is_refused_with_one_that_is_not(double seconds)
    {
        var error = Assert.Throws<RunException>(() => ComparisonSchedule.Of(Costs, seconds, jobs: 1, usualSteps: 3000));
        Assert.Equal(
            "--budget: what is left after the measurement of the speed does not pay for 100 steps of each run. Give --budget 3 or more.", error.Message);
        Assert.Equal(100, ComparisonSchedule.Of(Costs, 120, jobs: 1, usualSteps: 100).Steps);
    }

    [Theory]
    [InlineData(0, 30, 70, 1000, 4)] // a round is planned with 10 s and takes as long: 42 s pay for 4
    [InlineData(0, 60, 70, 1000, 3)] // twice as slow: 2 rounds would fit, but 3 are planned
    [InlineData(0, 15, 70, 1000, 8)]
    [InlineData(0, 1, 1000, 1000, 20)]
    [InlineData(0, 1, 1000, 3000, 20)]
    [InlineData(3, 60, 40, 1000, 5)] // 24 s pay for 2 more
    [InlineData(3, 60, 16, 1000, 3)]
    public void Seeds_are_as_many_as_the_rest_pays_for_by_how_long_the_runs_took(int done, double taken, double left, long usual, int seeds)
    {
        var plan = ComparisonCase.Plan with { Costs = Costs, Steps = 1000, UsualSteps = usual, Trials = 3, Seeds = 3 };
        Assert.Equal(seeds, ComparisonSchedule.PaidSeeds(plan, done, taken, left, jobs: 1));
    }

    [Theory]
    [InlineData(70, 6, "")] // 42 s: a step of all runs takes 0.36 s
    [InlineData(45, 4, "dense-wide, reinforce are")]
    [InlineData(1, 3, "dense-wide, reinforce, topk are")]
    public void Rows_that_a_budget_does_not_pay_for_are_left_out_from_the_end(double seconds, int rows, string leftOut)
    {
        string[] methods = ["dense", "em-clusters", "topk", "reinforce", "dense-wide"];
        ComparisonCost[] costs = [.. methods.Select(method => Cost(method, 0.01)), Cost("dense", 0.01)];
        var (kept, sentences) = new ComparisonCut(costs, jobs: 1, usualSteps: 3000).Of(seconds);
        Assert.Equal(rows, kept.Count);
        Assert.Equal(leftOut, string.Join(' ', sentences.Select(sentence => sentence[..sentence.IndexOf(" left out", StringComparison.Ordinal)])));
    }

    [Fact]
    public void The_network_of_M_times_the_operations_is_left_out_where_it_takes_the_time_of_the_others()
    {
        ComparisonCost[] costs = [Cost("dense", 0.01), Cost("em-input", 0.01), Cost("dense-wide", 0.3)];
        var (kept, sentences) = new ComparisonCut(costs, jobs: 1, usualSteps: 1000).Of(600);
        Assert.Equal(["dense", "em-input"], kept.Select(cost => cost.Method));
        Assert.Equal(["dense-wide is left out: its runs would take 94 % of the time. A larger budget has it."], sentences);
        Assert.Equal(3, new ComparisonCut(costs, jobs: 1, usualSteps: 1000).Of(55 * 60).Costs.Count);
    }

    private static ComparisonCost Cost(string row, double seconds) => new($"table.{row}", row, StepsFactor: 1, SetupSeconds: 0, seconds, EvaluationSeconds: 0, PredictionMilliseconds: 0);
}
