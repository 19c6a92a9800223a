using ModularNetworks.Cli.Reproduction;
using ModularNetworks.Experiments;
using Spectre.Console;

namespace ModularNetworks.Cli.Tests;

public sealed class ReproductionBoardTests
{
    [Fact]
    public void The_board_shows_the_latest_run_of_every_row()
    {
        var table = new Table();
        int refreshed = 0;
        var rows = RowNames.Read("em-5-1,reinforce-5-1,topk-5-1,fixed-1-1,fixed-3-3");
        var board = new ReproductionBoard<Table1Row, RunResult>(table, Table1View.Create(), rows, () => refreshed++);
        Assert.Equal(0, refreshed);
        board.Finished(new SeedRun<Table1Row>(rows[0], 1), Result(test: 230), before: true);
        var running = board.Started(new SeedRun<Table1Row>(rows[0], 2), step: 0);
        running.Logged(Line(step: 100));
        running.Logged(Line(step: 200, valid: 500, test: 490));
        board.Started(new SeedRun<Table1Row>(rows[1], 1), step: 40);
        board.Stopped(new SeedRun<Table1Row>(rows[1], 1), step: 43);
        board.Started(new SeedRun<Table1Row>(rows[2], 1), step: 0);
        board.Failed(new SeedRun<Table1Row>(rows[2], 1), "diverged");
        board.Finished(new SeedRun<Table1Row>(rows[3], 1), Result(test: 250), before: false);
        Assert.True(refreshed >= 9);
        Assert.Equal(
            [
                "row             seed step train valid  test paper time left",
                "EM 5/1             2    0 148.4 500.0 490.0 236.8",
                "REINFORCE 5/1      1   43                   240.4   stopped",
                "noisy top-4 5/1    1    0                   338.3    failed",
                "baseline 1/1       1  100 148.4 240.0 250.0 247.4  finished",
                "baseline 3/3                                241.3",
            ],
            Lines(table));
    }

    [Fact]
    public void Of_runs_of_one_row_that_train_at_once_the_one_started_last_is_shown()
    {
        var table = new Table();
        var rows = RowNames.Read("fixed-1-1");
        var board = new ReproductionBoard<Table1Row, RunResult>(table, Table1View.Create(), rows, () => { });
        var first = board.Started(new SeedRun<Table1Row>(rows[0], 1), step: 0);
        board.Started(new SeedRun<Table1Row>(rows[0], 2), step: 7);
        first.Logged(Line(step: 100));
        board.Finished(new SeedRun<Table1Row>(rows[0], 1), Result(test: 250), before: false);
        Assert.Equal("baseline 1/1    2    7                  247.4", Lines(table)[1]);
    }

    [Fact]
    public void Runs_of_a_method_on_all_tasks_share_a_line_of_the_suites_board()
    {
        var table = new Table();
        var method = SuiteMethods.All[0];
        SuiteSeries Series(string task, SuiteTable of, int? trial) =>
            new(new SuiteTask(task, "", "loss", HigherIsBetter: false, new RulesOptions()), method, of, trial);
        SuiteSeries[] series = [Series("one", SuiteTable.Prediction, 0), Series("two", SuiteTable.Prediction, 1), Series("one", SuiteTable.Training, null)];
        var board = new ReproductionBoard<SuiteSeries, SuiteResult>(table, SuiteView.Create(), series, () => { });
        board.Started(new SeedRun<SuiteSeries>(series[0], 0), step: 3);
        var running = board.Started(new SeedRun<SuiteSeries>(series[1], 0), step: 5);
        running.Logged(Line(step: 100, valid: 0.5));
        board.Stopped(new SeedRun<SuiteSeries>(series[0], 0), step: 4);
        Assert.Equal(
            ["method        seed step task trial  valid test time left", "dense            0    5  two     2 0.5000", "dense, longer            one"],
            Lines(table));
    }

    [Theory]
    [InlineData(0, "0:00:00")]
    [InlineData(3599.9, "0:59:59")]
    [InlineData(118_800, "33:00:00")]
    [InlineData(9e15, "> 9999 h")]
    [InlineData(double.NaN, "> 9999 h")]
    public void Times_have_hours_as_they_need_them(double seconds, string text) => Assert.Equal(text, TimeText.Of(seconds));

    private static List<string> Lines(Table table)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 100;
        console.Write(table.Border(TableBorder.None));
        return [.. output.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
    }

    private static MetricsLine Line(long step, double? valid = null, double? test = null) => new()
    {
        Step = step,
        Training = new() { Train = new() { LogLikelihood = -5 } },
        Measured = new Measurement
        {
            Splits =
            [
                .. new[] { SplitResult.Of("valid", ("perplexity", valid)), SplitResult.Of("test", ("perplexity", test)) }
                    .Where(split => split["perplexity"] is not null),
            ],
        },
    };

    private static RunResult Result(double test) => new()
    {
        Seed = 1,
        Steps = 100,
        Test = test,
        Valid = 240,
        Train = Math.Exp(5),
        WallSeconds = 12,
        Threads = 1,
        Simd = "Vector256",
        Version = "1.2.3",
    };
}
