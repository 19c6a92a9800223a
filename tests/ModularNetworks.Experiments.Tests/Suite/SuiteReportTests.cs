namespace ModularNetworks.Experiments.Tests;

public sealed class SuiteReportTests
{
    private static readonly SuiteRow Dense = Row("dense", [1, 2, 4]);

    [Fact]
    public void Differences_to_dense_are_paired_by_seed()
    {
        // The seeds differ much, the differences little.
        var row = SuiteRows.Compared(Row("em", [1.4, 2.5, 4.6]), Dense);
        var interval = MeanInterval.Of([0.4, 0.5, 0.6])!;
        Assert.Equal(0.5, row.DifferenceToDense!.Mean, 1e-12);
        Assert.Equal([interval.Low, interval.High], row.DifferenceToDense.Interval!.Select(end => end), (one, other) => Math.Abs(one - other) < 1e-12);
        Assert.Equal(SuiteVerdict.Win, row.Verdict);
        Assert.Null(SuiteRows.Compared(Dense, Dense).DifferenceToDense);
    }

    [Fact]
    public void Verdicts_tell_wins_at_equal_operations_losses_and_controls_that_win()
    {
        var better = Row("em", [1.4, 2.5, 4.6]);
        Assert.Equal(SuiteVerdict.Loss, SuiteRows.Compared(better with { HigherIsBetter = false }, Dense).Verdict);
        Assert.Equal(SuiteVerdict.Fault, SuiteRows.Compared(better with { IsControl = true }, Dense).Verdict);
        Assert.Equal(SuiteVerdict.CostlierWin, SuiteRows.Compared(better with { PredictionOperations = 101 }, Dense).Verdict);
        Assert.Equal(SuiteVerdict.CostlierWin, SuiteRows.Compared(better with { PredictionOperations = 101, IsControl = true }, Dense).Verdict);
        Assert.Equal(SuiteVerdict.Win, SuiteRows.Compared(better with { TrainingOperations = 1001 }, Dense).Verdict);
        var training = better with { Table = SuiteTable.Training };
        Assert.Equal(SuiteVerdict.Win, SuiteRows.Compared(training with { PredictionOperations = 101 }, Dense).Verdict);
        Assert.Equal(SuiteVerdict.CostlierWin, SuiteRows.Compared(training with { TrainingOperations = 1001 }, Dense).Verdict);
        Assert.Equal(SuiteVerdict.Open, SuiteRows.Compared(Row("em", [1.4, 1.5, 4.6]), Dense).Verdict);
        Assert.Equal(SuiteVerdict.Open, SuiteRows.Compared(Row("em", [9]), Row("dense", [1])).Verdict);
    }

    [Fact]
    public void The_report_for_readers_has_two_tables_a_task_with_marks()
    {
        var em = Row("em", [1.4, 2.5, 4.6]) with { SelectionEntropy = 0.25, BatchSelectionEntropy = 1.5, ModulesUsed = 4.5, IsControl = true };
        SuiteRow[] rows = [Dense with { IsControl = true }, SuiteRows.Compared(em, Dense), .. new[] { Dense, em }.Select(row => row with { Table = SuiteTable.Training })];
        string[] lines = SuiteMarkdown.Of(new SuiteReport("modnet reproduce suite", "1.2.3", SuiteCase.Origin.Machine, 12.3, 4, rows)).Split('\n');
        Assert.Equal(
            [
                "Not finished: 4 runs are missing. Rows appear when all of their seeds are finished.",
                "",
                "## words",
                "",
                "Test: accuracy, higher is better. A control: modules can have no advantage here.",
                "",
                "| At equal operations of a prediction | M/K | test | difference to dense |  | a prediction | the training | steps | H_a | H_b | used | learning rate | weight decay | seconds |",
                "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
                "| dense | 5/2 | 2.3333 (-1.4612 to 6.1279) | - |  | 1.00e2 | 1.00e3 | 10 | - | - | - | 0.001 | 0.1 | 6 |",
                "| em | 5/2 | 2.8333 (-1.2055 to 6.8721) | 0.5000 (0.2516 to 0.7484) | **FAULT: a control wins** | 1.00e2 | 1.00e3 | 10 | 0.250 | 1.500 | 4.5 | 0.001 | 0.1 | 6 |",
                "",
                "| At equal operations of training | M/K | test |  | a prediction | the training | steps | H_a | H_b | used | learning rate | weight decay | seconds |",
            ],
            lines[2..14]);
        Assert.Contains("- `modnet reproduce suite`, modnet 1.2.3.", lines);
    }

    [Fact]
    public void The_gap_to_dense_wide_is_closed_seed_by_seed()
    {
        SuiteRow wide = Row("dense-wide", [3, 4, 8]), row = Row("em", [1.5, 4, 5]);
        var gap = SuiteRows.Compared(row, Dense, wide).GapClosed!;
        var interval = MeanInterval.Of([0.25, 1, 0.25])!;
        Assert.Equal(0.5, gap.Mean, 1e-12);
        Assert.Equal([interval.Low, interval.High], gap.Interval!);
        var lower = row with { HigherIsBetter = false };
        Assert.Equal(0.25, SuiteRows.Compared(lower with { Runs = Row("em", [3]).Runs }, Row("dense", [4]), Row("dense-wide", [0])).GapClosed!.Mean);
        Assert.Null(SuiteRows.Compared(lower, Dense, wide).GapClosed);
        Assert.Null(SuiteRows.Compared(row, Dense, Row("dense-wide", [3, 4, 4])).GapClosed);
        Assert.Null(SuiteRows.Compared(wide, Dense, wide).GapClosed);
        Assert.Null(SuiteRows.Compared(row, Dense).GapClosed);
    }

    [Fact]
    public void Measures_of_modules_have_columns_where_a_row_has_them()
    {
        var measured = Row("em", [1.4, 2.5, 4.6]) with
        {
            GapClosed = new(0.75, [0.5, 1]),
            CollapseAverage = 0.125,
            CollapseWorst = 0.5,
            Alignment = 0.0625,
            Leakage = 1.5,
            EStepVisits = 3.25,
        };
        string[] lines = SuiteMarkdown.Of(new SuiteReport("modnet reproduce suite", "1.2.3", SuiteCase.Origin.Machine, 12.3, 0, [Dense, measured])).Split('\n');
        Assert.Equal(
            [
                "| At equal operations of a prediction | M/K | test |  | gap closed | a prediction | the training | steps | collapse | worst | alignment | leakage | visits | learning rate | weight decay | seconds |",
                "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
                "| dense | 5/2 | 2.3333 (-1.4612 to 6.1279) |  | - | 1.00e2 | 1.00e3 | 10 | - | - | - | - | - | 0.001 | 0.1 | 6 |",
                "| em | 5/2 | 2.8333 (-1.2055 to 6.8721) |  | 0.75 (0.50 to 1.00) | 1.00e2 | 1.00e3 | 10 | 0.12 | 0.50 | 0.062 | 1.500 | 3.25 | 0.001 | 0.1 | 6 |",
            ],
            lines[6..10]);
    }

    private static SuiteRow Row(string method, double[] values) => new()
    {
        Task = "words",
        Method = method,
        Modules = 5,
        Picks = 2,
        Metric = "accuracy",
        HigherIsBetter = true,
        PredictionOperations = 100,
        TrainingOperations = 1000,
        Table = SuiteTable.Prediction,
        IsControl = false,
        Runs = new SuiteRuns { Values = values, ValidValues = values, Steps = 10, LearningRate = 0.001, WeightDecay = 0.1, WallSeconds = 6 },
    };
}
