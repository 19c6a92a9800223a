using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments.Tests;

public sealed class Table1ReportTests
{
    [Fact]
    public void Rows_are_the_papers()
    {
        Assert.Equal(
            [
                "EM 15/1", "EM 5/1", "EM 15/3", "EM 5/3", "REINFORCE 15/1", "REINFORCE 5/1", "REINFORCE 15/3", "REINFORCE 5/3",
                "noisy top-4 15/1", "noisy top-4 5/1", "baseline 1/1", "baseline 3/3",
            ],
            Table1.Rows.Select(row => row.Title));
        Assert.Equal(
            [229.651, 236.809, 246.493, 236.314, 240.760, 240.450, 274.060, 267.585, 422.636, 338.275, 247.408, 241.294],
            Table1.Rows.Select(row => row.Paper));
        Assert.Equal(4, Table1.Rows.Single(row => row.Name == "topk-15-1").Options(new PennTreebankOptions()).TopK.MixedModules);
    }

    [Fact]
    public void The_first_seed_of_all_rows_comes_first()
    {
        var runs = SeedRun.Of(Table1Case.Rows("em-5-1", "fixed-1-1"), seeds: 2);
        Assert.Equal(["em-5-1-seed-1", "fixed-1-1-seed-1", "em-5-1-seed-2", "fixed-1-1-seed-2"], runs.Select(run => run.Name));
    }

    [Fact]
    public void The_table_for_readers_shows_means_and_spreads()
    {
        RunResult em = Result(seed: 1, test: 230.04) with
        {
            SelectionEntropy = 0.01,
            BatchSelectionEntropy = 1.5,
            ModulesUsed = 5,
            TestStream = 233,
            EStepMilliseconds = 80,
        };
        var rows = new[]
        {
            RowResult.Of(Table1.Rows[1], [em, em with { Seed = 2, Test = 240, ModulesUsed = 4 }, em with { Seed = 3, Steps = 50 }]),
            RowResult.Of(Table1.Rows[10], [Result(seed: 1, test: 250)]),
        };
        string[] lines = Table1Markdown.Of(new Table1Report(Table1Case.Origin, rows)).Split('\n');
        Assert.Equal(
            [
                "| M/K | paper | last step | best step | at step | one stream | valid | train | H_a | H_b | ln M | used | steps | seeds | seconds | M-step, ms | E-step, ms |",
                "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
                "| EM 5/1 | 236.8 | 235.0 (230.0 to 240.0) | 220.0 | 60 | 233.0 | 245.0 | 180.0 | 0.010 | 1.500 | 1.609 | 4 (4 to 5) | 100 | 1, 2 | 12 | 20.0 | 80.0 |",
                "| baseline 1/1 | 247.4 | 250.0 | 220.0 | 60 | - | 245.0 | 180.0 | - | - | - | - | 100 | 1 | 12 | 20.0 | - |",
            ],
            lines[2..6]);
        Assert.Contains("- `modnet reproduce table1`, preset `small`, modnet 1.2.3.", lines);
        Assert.Contains("- a processor, 2 cores, a system, a runtime, Vector512; threads a run: 2; all runs together 37 s.", lines);
    }

    [Fact]
    public void Results_are_read_from_a_summary()
    {
        const string run = "em-15-1-seed-1";
        var result = RunResult.Read(run, Read(Summary()));
        Assert.Equal(
            new RunResult
            {
                Seed = 7,
                Steps = 100,
                Test = 230,
                Valid = 240,
                Train = Math.Exp(5),
                BestStep = 60,
                BestValid = 235,
                BestTest = 225,
                SelectionEntropy = 0.25,
                BatchSelectionEntropy = 1.25,
                // Of four modules one is above a tenth of a quarter, one at it, one below.
                ModulesUsed = 2,
                WallSeconds = 12,
                StepMilliseconds = 20,
                EStepMilliseconds = null,
                Threads = 2,
                Simd = "Vector512",
                Version = "1.2.3",
            },
            result);
        var windows = Summary();
        windows["test"]!["streamPerplexity"] = 233.0;
        Assert.Equal(result with { TestStream = 233 }, RunResult.Read(run, Read(windows)));
        windows["test"]!["streamPerplexity"] = null;
        Assert.Equal(result, RunResult.Read(run, Read(windows)));
        var baseline = Summary();
        foreach (string name in (string[])["selectionEntropy", "batchSelectionEntropy", "usage", "best"])
            baseline.Remove(name);
        Assert.Equal(
            result with
            {
                SelectionEntropy = null,
                BatchSelectionEntropy = null,
                ModulesUsed = null,
                BestStep = null,
                BestValid = null,
                BestTest = null,
            },
            RunResult.Read(run, Read(baseline)));
    }

    [Theory]
    [InlineData("test")]
    [InlineData("valid")]
    public void A_summary_that_lacks_a_part_of_the_data_is_refused_by_its_run(string split)
    {
        var without = Summary();
        without.Remove(split);
        var error = Assert.Throws<RunException>(() => RunResult.Read("em-15-1-seed-1", Read(without)));
        Assert.StartsWith($"em-15-1-seed-1: summary.json is damaged: it has no entry {split}. ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_spread_needs_a_number_from_every_run()
    {
        Assert.Equal(new SeedSpread(2, 1, 3), SeedSpread.Of([3.0, 1.0, 2.0]));
        Assert.Null(SeedSpread.Of([3.0, null]));
        Assert.Null(SeedSpread.Of([]));
    }

    private static RunResult Result(ulong seed, double test) => new()
    {
        Seed = seed,
        Steps = 100,
        Test = test,
        Valid = 245,
        Train = 180,
        BestStep = 60,
        BestValid = 235,
        BestTest = 220,
        WallSeconds = 12.2,
        StepMilliseconds = 20,
        Threads = 2,
        Simd = "Vector512",
        Version = "1.2.3",
    };

    private static RunSummary Read(JsonObject summary) => RecordJson.Read<RunSummary>(StrictJson.Parse(summary.ToJsonString()));

    private static JsonObject Summary() => JsonNode.Parse(
        """
        {
          "experiment": "ptb", "method": "em", "modules": 4, "parallel": 1, "seed": 7, "steps": 100, "train": { "logLikelihood": -5 }, "valid": { "perplexity": 240 },
          "test": { "perplexity": 230 }, "best": { "step": 60, "valid": 235, "test": 225 },
          "selectionEntropy": 0.25, "batchSelectionEntropy": 1.25, "usage": [0.95, 0.0251, 0.025, 0],
          "wallSeconds": 12, "stepMilliseconds": { "m": 20, "e": 0 }, "peakResidentBytes": 1, "version": "1.2.3", "simd": "Vector512", "threads": 2
        }
        """)!.AsObject();
}
