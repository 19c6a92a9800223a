namespace ModularNetworks.Experiments.Tests;

/// <summary>What was decided in a comparison is not decided again, however often it is interrupted.</summary>
public sealed class ResumedComparisonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ComparisonCase.ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_that_was_killed_again_and_again_decides_as_if_it_had_not_been()
    {
        var seen = new List<(int Seeds, int? After, bool AreSettled)>();
        var whole = Begin("whole");
        ComparisonCase.Run(whole, (name, taken) =>
        {
            Pass(name, taken);
            // Kept before the first run that rests on it.
            var plan = ComparisonPlan.Read(_folder["whole"])!;
            seen.Add((plan.Seeds, plan.SeedsDecidedAfter, plan.SeedsAreSettled));
        });
        Assert.Equal([(1, null, false), (5, 0, false), (20, 5, false)], seen.Distinct());
        Assert.True(whole.Plan.SeedsAreSettled);
        Begin("killed");
        foreach (var (run, step) in ((string, long)[])
            [("table.em-clusters.trial-1-seed-0", 7), ("table.dense-seed-1", 2), ("table.em-clusters-seed-3", 7), ("table.dense.longer-seed-10", 12)])
        {
            Assert.Throws<ComparisonCase.KilledException>(() => ComparisonCase.Run(Open("killed"), (name, taken) =>
            {
                Pass(name, taken);
                if (name == run && taken == step)
                    throw new ComparisonCase.KilledException();
            }));
        }
        ComparisonCase.Run(Open("killed"), Pass);
        foreach (string file in (string[])["plan.json", "compare.json", "compare.md"])
            Assert.Equal(File.ReadAllText(_folder[$"whole/{file}"]), File.ReadAllText(_folder[$"killed/{file}"]));
    }

    [Fact]
    public void What_was_decided_stays_also_where_there_is_more_time_later()
    {
        Assert.Throws<ComparisonCase.KilledException>(() => ComparisonCase.Run(Begin("c"), (name, taken) =>
        {
            Pass(name, taken);
            if (name == "table.em-clusters-seed-2")
                throw new ComparisonCase.KilledException();
        }));
        var seen = new List<(string Run, int Seeds)>();
        var again = ModuleComparison.Open(_folder["c"], Question() with { BudgetMinutes = 1000 }, stop: TestContext.Current.CancellationToken);
        ComparisonCase.Run(again, (name, _) => seen.Add((name, ComparisonPlan.Read(_folder["c"])!.Seeds)));
        Assert.Equal([5], seen.Where(entry => entry.Run[^2..] is "-1" or "-2" or "-3" or "-4" or "-5").Select(entry => entry.Seeds).Distinct());
        Assert.Equal(20, again.Plan.Seeds);
    }

    [Fact]
    public void That_data_are_read_again_does_not_count_and_what_was_done_before_a_stop_does()
    {
        var kind = ExperimentKind.Of<TableOptions, string>(
            "Takes long to read.",
            options =>
            {
                _time.Pass(TimeSpan.FromMinutes(10));
                return options.Data;
            },
            (options, _, kernels) => BuiltInExperiments.Catalogue.Create(options, kernels));
        var question = Question() with { Experiments = new ExperimentCatalogue(kind) };
        using var stop = new CancellationTokenSource();
        var opened = ModuleComparison.Open(_folder["c"], question, stop: TestContext.Current.CancellationToken);
        Assert.Equal(600, opened.Seconds);
        ComparisonCase.Run(opened, (_, taken) =>
        {
            if (taken == 3)
            {
                _time.Pass(TimeSpan.FromMinutes(1));
                stop.Cancel();
            }
        }, stop);
        Assert.Equal(660, ModuleComparison.Open(_folder["c"], question, stop: TestContext.Current.CancellationToken).Seconds);
    }

    [Fact]
    public void Trials_that_take_longer_than_planned_become_fewer_so_that_the_fewest_seeds_fit()
    {
        // Each round of all rows takes 750 s of 3492 s: three of seeds fit after one of trials, and one after three.
        var report = ComparisonCase.Run(Begin("whole", trials: 3, seeds: 3), Slowly)!;
        Assert.Equal((1, 3, 3), (report.Trials, report.Seeds, report.PlannedSeeds));
        Assert.False(Directory.Exists(_folder["whole/table.dense.trial-2-seed-0"]));
        Begin("killed", trials: 3, seeds: 3);
        foreach (var (run, step) in ((string, long)[])[("table.em-clusters.trial-1-seed-0", 4), ("table.dense-seed-1", 2)])
        {
            Assert.Throws<ComparisonCase.KilledException>(() => ComparisonCase.Run(Open("killed"), (name, taken) =>
            {
                Slowly(name, taken);
                if (name == run && taken == step)
                    throw new ComparisonCase.KilledException();
            }));
        }
        // More time comes too late for more trials.
        Assert.Equal(1, ModuleComparison.Open(
            _folder["killed"], Question() with { BudgetMinutes = 1000 }, stop: TestContext.Current.CancellationToken).Plan.Trials);
        ComparisonCase.Run(Open("killed"), Slowly);
        Assert.Equal(File.ReadAllText(_folder["whole/compare.json"]), File.ReadAllText(_folder["killed/compare.json"]));

        void Slowly(string name, long taken)
        {
            if (taken == 6)
                _time.Pass(TimeSpan.FromSeconds(250));
        }
    }

    [Fact]
    public void One_whose_budget_is_used_up_takes_no_more_time_however_often_it_is_opened()
    {
        ComparisonCase.Run(Begin("c", trials: 1, seeds: 3), (name, taken) =>
        {
            if (name == "table.em-clusters-seed-2" && taken == 4)
                _time.Pass(TimeSpan.FromMinutes(59));
        });
        string before = File.ReadAllText(_folder["c/time.json"]);
        var kind = ExperimentKind.Of<TableOptions, string>(
            "Takes long to make.",
            options => options.Data,
            (options, _, kernels) =>
            {
                _time.Pass(TimeSpan.FromSeconds(1));
                return BuiltInExperiments.Catalogue.Create(options, kernels);
            });
        var question = Question() with { Experiments = new ExperimentCatalogue(kind) };
        for (int repeat = 0; repeat < 2; repeat++)
        {
            var again = ModuleComparison.Open(_folder["c"], question, stop: TestContext.Current.CancellationToken);
            Assert.False(again.GoesOn);
            Assert.Equal(1, ComparisonCase.Run(again, (name, _) => Assert.Fail(name))!.Seeds);
            Assert.Equal(3540, again.Seconds);
            Assert.Equal(before, File.ReadAllText(_folder["c/time.json"]));
        }
        Assert.True(ModuleComparison.Open(_folder["c"], question with { BudgetMinutes = 90 }, stop: TestContext.Current.CancellationToken).GoesOn);
    }

    private ComparisonQuestion Question() => ComparisonCase.Question(_folder, _time);

    private ModuleComparison Open(string name) => ModuleComparison.Open(_folder[name], Question(), stop: TestContext.Current.CancellationToken);

    /// <summary>A comparison whose trials will take 600 s of an hour, so that the rest pays for five seeds at first.</summary>
    private ModuleComparison Begin(string name, int trials = 2, int seeds = 1)
    {
        var plan = Open(name).Plan;
        plan = plan with
        {
            Methods = ["dense", "em-clusters"],
            Trials = trials,
            Seeds = seeds,
            Costs = [.. plan.Costs.Where(cost => cost.Method is "dense" or "em-clusters").Select(cost => cost with { SetupSeconds = 1, StepSeconds = 1 })],
        };
        plan.Write(new Disk(), _folder[name]);
        return Open(name);
    }

    private void Pass(string name, long taken)
    {
        if (taken == 6)
            _time.Pass(TimeSpan.FromSeconds(name.Contains("trial", StringComparison.Ordinal) ? 100 : 1));
    }
}
