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
        Assert.Equal([(1, null, false), (5, 0, false), (10, 5, false)], seen.Distinct());
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
        Assert.Equal([5], seen.Where(entry => "12345".Contains(entry.Run[^1], StringComparison.Ordinal)).Select(entry => entry.Seeds).Distinct());
        Assert.Equal(10, again.Plan.Seeds);
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

    private ComparisonQuestion Question() => ComparisonCase.Question(_folder, _time);

    private ModuleComparison Open(string name) => ModuleComparison.Open(_folder[name], Question(), stop: TestContext.Current.CancellationToken);

    /// <summary>A comparison whose trials will take 600 s of an hour, so that the rest pays for five seeds at first.</summary>
    private ModuleComparison Begin(string name)
    {
        var plan = Open(name).Plan;
        plan = plan with
        {
            Methods = ["dense", "em-clusters"],
            Trials = 2,
            Seeds = 1,
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
