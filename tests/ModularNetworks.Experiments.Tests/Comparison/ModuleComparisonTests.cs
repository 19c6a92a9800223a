using System.Text.Json.Nodes;
using ModularNetworks.Data;

namespace ModularNetworks.Experiments.Tests;

public sealed class ModuleComparisonTests
{
    private static readonly string[] Methods = ["dense", "em-clusters", "em-column", "em-uniform", "topk", "reinforce", "dense-wide", "dense, longer"];

    [Fact]
    public void A_table_is_compared_from_the_plan_to_the_answer()
    {
        using var folder = new TemporaryFolder();
        var report = ComparisonCase.Run(ComparisonCase.Open(folder, "c"))!;
        Assert.Equal(Methods, report.Rows.Select(row => row.Name));
        Assert.Equal(("r2", true, 12L, 2, 2), (report.Metric, report.HigherIsBetter, report.Steps, report.Trials, report.Seeds));
        var (dense, em) = (report.Rows[0], report.Rows[1]);
        Assert.True(dense.PredictionOperations >= em.PredictionOperations);
        Assert.Equal(em.Values.Average() - dense.Values.Average(), em.DifferenceToDense!.Mean, 1e-9);
        Assert.Equal(em.Values.Average() - report.Rows[^1].Values.Average(), em.DifferenceAtEqualTraining!.Mean, 1e-9);
        Assert.True(report.Rows[^1].TrainingOperations >= em.TrainingOperations);
        Assert.NotEqual(ComparisonVerdict.Unfinished, report.Answer.Verdict);
        var written = JsonNode.Parse(File.ReadAllText(folder["c/compare.json"]))!;
        Assert.Equal(report.Answer.Sentence, written["answer"]!["sentence"]!.GetValue<string>());
        Assert.Contains(report.Answer.Sentence, File.ReadAllText(folder["c/compare.md"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("table.dense.trial-2-seed-0", 5)]
    [InlineData("table.em-clusters-seed-1", 7)]
    [InlineData("table.dense.longer-seed-2", 12)]
    public void One_that_was_killed_and_started_again_ends_with_the_same_files(string run, long step)
    {
        using var folder = new TemporaryFolder();
        ComparisonCase.Run(ComparisonCase.Open(folder, "whole"));
        Assert.Throws<ComparisonCase.KilledException>(() => ComparisonCase.Run(ComparisonCase.Open(folder, "killed"), (name, taken) =>
        {
            if (name == run && taken == step)
                throw new ComparisonCase.KilledException();
        }));
        ComparisonCase.Run(ComparisonCase.Open(folder, "killed"));
        Assert.Equal(File.ReadAllText(folder["whole/compare.json"]), File.ReadAllText(folder["killed/compare.json"]));
        Assert.Equal(File.ReadAllText(folder["whole/compare.md"]), File.ReadAllText(folder["killed/compare.md"]));
    }

    [Fact]
    public void A_stop_gives_no_report_and_the_same_comparison_goes_on()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        Assert.Null(ComparisonCase.Run(ComparisonCase.Open(folder, "c"), (name, taken) =>
        {
            if (name == "table.topk-seed-1" && taken == 3)
                stop.Cancel();
        }, stop));
        Assert.Equal("unfinished", JsonNode.Parse(File.ReadAllText(folder["c/compare.json"]))!["answer"]!["verdict"]!.GetValue<string>());
        Assert.Equal(2, ComparisonCase.Run(ComparisonCase.Open(folder, "c"))!.Seeds);
    }

    [Fact]
    public void A_budget_that_is_used_up_leaves_the_seeds_that_all_rows_have()
    {
        using var folder = new TemporaryFolder();
        var time = new ComparisonCase.ManualTime();
        var question = ComparisonCase.Question(folder, time);
        var report = ComparisonCase.Run(ComparisonCase.Open(folder, "c", question, seeds: 3), (name, taken) =>
        {
            if (name == "table.em-uniform-seed-2" && taken == 4)
                time.Pass(TimeSpan.FromMinutes(59));
        })!;
        Assert.Equal((1, 3), (report.Seeds, report.PlannedSeeds));
        Assert.Equal(ComparisonVerdict.Open, report.Answer.Verdict);
        Assert.EndsWith("one seed alone came to its end; the same command with --budget 120 goes on with what is missing.", report.Answer.Sentence, StringComparison.Ordinal);
        Assert.All(report.Rows, row => Assert.Single(row.Values));
        // No time is left: the same question gives the same answer, and more time goes on.
        string before = File.ReadAllText(folder["c/compare.json"]);
        ComparisonCase.Run(ComparisonCase.Open(folder, "c", question, seeds: 3));
        Assert.Equal(before, File.ReadAllText(folder["c/compare.json"]));
        Assert.Equal(3, ComparisonCase.Run(ComparisonCase.Open(folder, "c", question with { BudgetMinutes = 120 }))!.Seeds);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_stop_and_the_end_of_the_budget_end_the_reading_of_data_too(bool isAsked)
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var time = new ComparisonCase.ManualTime();
        bool isSlow = true;
        var kind = ExperimentKind.Of<TableOptions, TextTable>(
            "Takes long to read for the second seed.",
            (options, progress) =>
            {
                if (options.Seed == 2 && isSlow)
                {
                    isSlow = false;
                    if (isAsked)
                        stop.Cancel();
                    else
                        time.Pass(TimeSpan.FromMinutes(59));
                    Assert.Throws<OperationCanceledException>(() => TextTable.Read(options.Data, progress: progress));
                }
                return TextTable.Read(options.Data, progress: progress);
            },
            (options, _, kernels) => BuiltInExperiments.Catalogue.Create(options, kernels),
            isReadBySeed: true);
        // As the tool has it, which ends the reading itself where a stop is asked for.
        var asked = ComparisonCase.Question(folder, time) with { Experiments = new ExperimentCatalogue(kind).WatchedBy(new DataProgress(stop: stop.Token)) };
        var report = ComparisonCase.Run(ComparisonCase.Open(folder, "c", asked), stop: stop);
        Assert.False(isSlow);
        Assert.Equal(isAsked ? null : 1, report?.Seeds);
        var again = ComparisonCase.Question(folder, time) with { BudgetMinutes = 120 };
        Assert.Equal(2, ComparisonCase.Run(ComparisonCase.Open(folder, "c", again))!.Seeds);
    }

    [Fact]
    public void A_folder_keeps_its_question()
    {
        using var folder = new TemporaryFolder();
        var question = ComparisonCase.Question(folder);
        ComparisonCase.Open(folder, "c");
        Refused("holds a comparison with other options: hidden is 4 there and 5 here.", question with
        {
            Options = ((TableOptions)question.Options) with { Network = new() { Hidden = 5, Shared = true } },
        });
        Refused("was planned for 60 minutes; --budget 59 is less.", question with { BudgetMinutes = 59 });
        File.AppendAllText(folder["table.csv"], "1,1,a,1\n");
        Refused("the data are not those that this comparison began with.", question);
        File.WriteAllText(folder["c/plan.json"], "{}");
        Refused("this is not the plan of a comparison", question);
        File.Delete(folder["c/plan.json"]);
        Refused("holds no comparison. Choose another --out.", question);

        void Refused(string expected, ComparisonQuestion asked) => Assert.Contains(
            expected,
            Assert.Throws<RunException>(() => ModuleComparison.Open(folder["c"], asked, stop: TestContext.Current.CancellationToken)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_that_cannot_be_asked_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        var question = ComparisonCase.Question(folder);
        foreach (var wrong in (ComparisonQuestion[])
        [
            question with { BudgetMinutes = 0 }, question with { BudgetMinutes = double.NaN }, question with { Jobs = 0 },
            question with { Options = question.Options with { Modules = 1 } }, question with { Options = SuiteMethods.Fixed(question.Options) },
        ])
        {
            Assert.Throws<RunException>(() => ModuleComparison.Open(folder["c"], wrong, stop: TestContext.Current.CancellationToken));
        }
        Assert.False(Directory.Exists(folder["c"]));
    }

    [Fact]
    public void The_data_are_read_once_for_all_runs()
    {
        using var folder = new TemporaryFolder();
        int reads = 0;
        var kind = ExperimentKind.Of<TableOptions, string>(
            "Counts.", options => { reads++; return options.Data; }, (options, _, kernels) => BuiltInExperiments.Catalogue.Create(options, kernels));
        ComparisonCase.Run(ComparisonCase.Open(folder, "first"));
        var question = ComparisonCase.Question(folder) with { Experiments = new ExperimentCatalogue(kind) };
        ComparisonCase.Run(ModuleComparison.Open(folder["first"], question, stop: TestContext.Current.CancellationToken));
        Assert.Equal(1, reads);
    }
}
