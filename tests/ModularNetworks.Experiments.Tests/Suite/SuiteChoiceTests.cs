using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class SuiteChoiceTests
{
    private static readonly SuiteMethod[] Em = [.. SuiteCase.Methods.Where(method => method.Name == "em-paper")];

    [Fact]
    public void Final_runs_have_the_setting_whose_trial_is_best_on_validation_data_after_its_last_step()
    {
        using var folder = new TemporaryFolder();
        var task = SuiteCase.Task(folder, "words", new SuiteSetting(1e-6, 0), new SuiteSetting(1, 0.1), new SuiteSetting(1e-3, 0));
        Assert.True(SuiteCase.Reproduce(SuiteCase.Plan([task], trials: 3), folder["s"]));
        double[] valid = [.. Enumerable.Range(1, 3).Select(trial => SuiteCase.Summary(folder["s"], $"words.em-paper.trial-{trial}-seed-0", "valid"))];
        Assert.Equal(valid.Min(), valid[1]);
        var row = SuiteCase.Row(folder["s"], "em-paper")["runs"]!;
        Assert.Equal((0.05, 0.1), (row["learningRate"]!.GetValue<double>(), row["weightDecay"]!.GetValue<double>()));
    }

    [Fact]
    public void Where_more_is_better_the_highest_is_chosen()
    {
        using var folder = new TemporaryFolder();
        var task = SuiteCase.Task(folder, "words", new SuiteSetting(1, 0), new SuiteSetting(1e-6, 0)) with { HigherIsBetter = true };
        Assert.True(SuiteCase.Reproduce(SuiteCase.Plan([task], methods: Em), folder["s"]));
        Assert.Equal(0.05 * 1e-6, SuiteCase.Row(folder["s"], "em-paper")["runs"]!["learningRate"]!.GetValue<double>(), 1e-15);
    }

    [Fact]
    public void Trials_that_diverge_are_not_chosen_and_not_trained_again()
    {
        using var folder = new TemporaryFolder();
        var task = SuiteCase.Task(folder, "words", new SuiteSetting(1e30, 0), new SuiteSetting(1, 0));
        var plan = SuiteCase.Plan([task], methods: Em);
        var events = new List<string>();
        Assert.True(SuiteCase.Reproduce(plan, folder["s"], events: events));
        Assert.Equal(["words.em-paper.trial-1-seed-0 from 0", "words.em-paper.trial-1-seed-0 failed"], events.Take(2));
        Assert.Equal(0.05, SuiteCase.Row(folder["s"], "em-paper")["runs"]!["learningRate"]!.GetValue<double>());
        events.Clear();
        Assert.True(SuiteCase.Reproduce(plan, folder["s"], events: events));
        Assert.Equal(
            [
                "words.em-paper.trial-1-seed-0 failed", "words.em-paper.trial-2-seed-0 was finished", "words.em-paper-seed-1 was finished",
                "words.em-paper-seed-2 was finished",
            ],
            events);
    }

    [Fact]
    public void With_one_trial_the_base_setting_is_used_untried()
    {
        using var folder = new TemporaryFolder();
        var events = new List<string>();
        Assert.True(SuiteCase.Reproduce(SuiteCase.Plan([SuiteCase.Task(folder)], seeds: 1, trials: 1, methods: Em), folder["s"], events: events));
        Assert.Equal(["words.em-paper-seed-1 from 0", "words.em-paper-seed-1 finished"], events);
        var row = SuiteCase.Row(folder["s"], "em-paper");
        Assert.Equal((0.05, 0.0), (row["runs"]!["learningRate"]!.GetValue<double>(), row["runs"]!["weightDecay"]!.GetValue<double>()));
        Assert.Null(row["interval"]);
    }

    [Fact]
    public void Test_data_are_read_once_by_final_runs_and_never_by_trials()
    {
        using var folder = new TemporaryFolder();
        var read = new ConcurrentBag<(ulong Seed, string Split)>();
        var kind = ExperimentKind.Of<PennTreebankOptions>(
            "Notes what is read.", (options, kernels) => new Reader(LanguageModelExperiments.PennTreebank.Create(options, kernels), options.Seed, read, kernels));
        var plan = SuiteCase.Plan([SuiteCase.Task(folder)], methods: Em, experiments: new ExperimentCatalogue(kind));
        Assert.True(SuiteCase.Reproduce(plan, folder["s"]));
        foreach (string once in (string[])["test", Reader.Inspection])
            Assert.Equal([(1UL, once), (2UL, once)], read.Where(one => one.Split == once).Order());
        Assert.Contains((SuitePlan.TuningSeed, "valid"), read);
        foreach (string trial in (string[])["words.em-paper.trial-1-seed-0", "words.em-paper.trial-2-seed-0"])
            Assert.Null(JsonNode.Parse(File.ReadAllText(folder[$"s/{trial}/summary.json"]))!["test"]);
        Assert.DoesNotContain("\"test\"", File.ReadAllText(folder["s/words.em-paper-seed-1/metrics.jsonl"]), StringComparison.Ordinal);
    }

    /// <summary>Notes every split that is measured, whichever way.</summary>
    private sealed class Reader(Experiment inner, ulong seed, ConcurrentBag<(ulong Seed, string Split)> read, Kernels kernels) : Experiment(kernels)
    {
        public const string Inspection = "inspection";

        public override ITrainer Trainer => inner.Trainer;

        public override IReadOnlyList<Parameter> Parameters => inner.Parameters;

        public override long? PredictionOperations => inner.PredictionOperations;

        public override Measurement Evaluate(string split) => Noted(inner.Evaluate(split));

        public override Measurement Evaluate(double bestValid) => Noted(inner.Evaluate(bestValid));

        public override Measurement Complete(Measurement measured) => Noted(inner.Complete(measured));

        public override NetworkSnapshot? Snapshot(bool isFirst) => throw new InvalidOperationException("Snapshots look at held-out data.");

        public override NetworkInspection? Inspect()
        {
            read.Add((seed, Inspection));
            return inner.Inspect();
        }

        private Measurement Noted(Measurement measured)
        {
            foreach (var split in measured.Splits)
                read.Add((seed, split.Name));
            return measured;
        }
    }
}
