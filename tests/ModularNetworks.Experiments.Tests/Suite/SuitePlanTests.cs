using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class SuitePlanTests
{
    [Fact]
    public void Dense_is_just_as_wide_as_pays_for_the_modular_network_with_its_controller()
    {
        using var folder = new TemporaryFolder();
        var task = SuiteCase.Task(folder);
        var dense = (PennTreebankOptions)OptionsOf(SuiteCase.Plan([task], trials: 1), "words.dense-seed-1");
        long modular = Count(task.Options).Prediction;
        Assert.Equal((TrainingMethods.Fixed, 1, 1), (dense.Method, dense.Modules, dense.Picks));
        Assert.True(Count(dense).Prediction >= modular);
        Assert.True(Count(dense with { Hidden = dense.Hidden - 1 }).Prediction < modular);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(700)]
    public void The_smallest_width_is_found(int times)
    {
        using var folder = new TemporaryFolder();
        var options = SuiteCase.Task(folder).Options;
        var counts = new NetworkCounts(BuiltInExperiments.Catalogue);
        long enough = times * counts.Of(options).Prediction;
        var wide = (PennTreebankOptions)counts.Widen(options, enough);
        Assert.True(counts.Of(wide).Prediction >= enough);
        Assert.True(times == 1 || counts.Of(wide with { Hidden = wide.Hidden - 1 }).Prediction < enough);
    }

    [Fact]
    public void Longer_runs_of_baselines_cost_what_the_training_of_EM_costs()
    {
        using var folder = new TemporaryFolder();
        var plan = SuiteCase.Plan([SuiteCase.Task(folder)], trials: 1);
        double em = Count(OptionsOf(plan, "words.em-paper-seed-1")).Training;
        foreach (string method in (string[])["dense", "reinforce"])
        {
            var longer = OptionsOf(plan, $"words.{method}.longer-seed-1");
            Assert.True(longer.Steps > SuiteCase.Steps);
            Assert.True(Count(longer).Training >= em);
            Assert.True(Count(longer with { Steps = longer.Steps - 1 }).Training < em);
        }
    }

    [Fact]
    public void A_falling_step_size_falls_as_much_in_a_longer_run()
    {
        using var folder = new TemporaryFolder();
        var task = SuiteCase.Task(folder);
        task = task with { Options = task.Options with { Steps = 1000, Optimizer = new() { LearningRate = 0.05, LearningRateHalfLife = 500 } } };
        var longer = OptionsOf(SuiteCase.Plan([task], trials: 1), "words.dense.longer-seed-1");
        Assert.Equal(longer.Steps / 2.0, longer.Optimizer.LearningRateHalfLife, 1.0);
    }

    [Fact]
    public void The_seed_of_trials_is_no_seed_of_final_runs()
    {
        using var folder = new TemporaryFolder();
        var runs = SuiteCase.Plan([SuiteCase.Task(folder)], seeds: 3).Runs;
        Assert.All(runs.Where(run => run.Series.IsTrial), run => Assert.Equal(SuitePlan.TuningSeed, run.Seed));
        Assert.Equal([1UL, 2UL, 3UL], runs.Where(run => !run.Series.IsTrial).Select(run => run.Seed).Distinct());
        Assert.Equal(runs.Count, runs.Select(run => run.Name).Distinct().Count());
    }

    [Fact]
    public void Methods_are_trained_on_the_tasks_that_they_apply_to()
    {
        using var folder = new TemporaryFolder();
        SuiteTask one = SuiteCase.Task(folder), other = SuiteCase.Task(folder, "again") with { HasTrueRule = true };
        var truth = SuiteCase.Methods[1] with { Name = "truth", AppliesTo = task => task.HasTrueRule };
        var plan = SuiteCase.Plan([one, other], seeds: 1, trials: 1, methods: [SuiteCase.Methods[0], truth]);
        Assert.Equal(
            ["words.dense-seed-1", "words.dense.longer-seed-1", "again.dense-seed-1", "again.truth-seed-1", "again.dense.longer-seed-1", "again.truth.longer-seed-1"],
            plan.Runs.Select(run => run.Name));
        Assert.StartsWith(
            "--methods truth: none applies to the tasks words.",
            Assert.Throws<RunException>(() => SuiteCase.Plan([one], methods: [truth])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_trials_than_there_are_settings_are_refused()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<RunException>(() => SuiteCase.Plan([SuiteCase.Task(folder)], trials: 7));
        Assert.Equal("--trials is 7; task words has 6 settings to try. Give at most as many.", error.Message);
    }

    [Fact]
    public void An_experiment_that_has_no_width_is_refused()
    {
        var task = new SuiteTask("maps", "the toy problem", "loss", HigherIsBetter: false, new ToyOptions { Starts = 1 });
        var error = Assert.Throws<RunException>(() => SuiteCase.Plan([task]));
        Assert.Contains("the experiment toy have no width", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_built_in_suite_has_names_of_its_own_and_a_dense_network()
    {
        var suite = SuiteCatalogue.BuiltIn;
        Assert.Equal(suite.Tasks.Count, suite.Tasks.Select(task => task.Name).Distinct().Count());
        Assert.Equal(suite.Methods.Count, suite.Methods.Select(method => method.Name).Distinct().Count());
        Assert.Contains(suite.Methods, method => method.Name == SuiteMethod.Dense);
        Assert.Subset(suite.Tasks.Select(task => task.Name).ToHashSet(), suite.QuickTasks.ToHashSet());
        Assert.Subset(suite.Methods.Select(method => method.Name).ToHashSet(), suite.QuickMethods.ToHashSet());
        foreach (var task in suite.Tasks)
        {
            Assert.NotNull(suite.ReferenceOf(task));
            Assert.Equal(new SuiteSetting(1, 0), task.Settings[0]);
            foreach (var method in suite.Methods.Where(method => method.AppliesTo(task)))
                (method.Options(task.Options) with { Threads = 1 }).Validate();
        }
    }

    private static RunOptions OptionsOf(SuitePlan plan, string name) => plan.OptionsOf(plan.Runs.Single(run => run.Name == name), setting: 0);

    private static (long Prediction, double Training) Count(RunOptions options)
    {
        using var workers = new WorkerPool(1);
        var experiment = BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers));
        return (experiment.PredictionOperations!.Value, TrainingOperations.Of(options, experiment)!.Value);
    }
}
