using ModularNetworks.Benchmarks;
using ModularNetworks.Cli.Benchmarking;
using ModularNetworks.Data;
using ModularNetworks.Experiments;
using Spectre.Console;
using Link = ModularNetworks.Benchmarks.Link;

namespace ModularNetworks.Cli.Tests;

public sealed class RankTablesTests
{
    private static readonly Machine Some = new("A processor", 2, "A system", ".NET 10");

    [Fact]
    public void Two_ranks_have_messages_steps_and_a_forecast()
    {
        string[] lines = Printed(new RankReport(
            new DateOnly(2026, 1, 2), Some, Ranks: 2, Rounds: 3, [new LinkTime(1, 2e-6), new LinkTime(1 << 20, 1e-3)], new Link(2e-6, 1e9), 8e9,
            Steps(new RankLine("2 ranks, 16 blocks", 2, new Spread(64, 60, 70), 1.2, new Spread(1.9, 1.8, 2))),
            Steps(new RankLine("2 ranks, 16 blocks", 2, new Spread(128, 120, 130), 0.5, null))));
        Assert.Contains("| 1 MiB            |  1.00 ms |                     1.05 ms |", lines);
        Assert.Contains("| 2 ranks, 16 blocks | 64.0 [60.0..70.0] ms |            4,000 | 1.90 [1.80..2.00] |        1.2 ms |", lines);
        // Computing 30 ms; the sum of a million bytes takes 2 latencies, a millisecond, and half a million bytes that are added.
        Assert.Contains(lines, line => line.StartsWith("| 2 ranks    | 31.07 ms |  0.0 us |       1.07 ms |            8,240 |", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("| 1024 ranks |", StringComparison.Ordinal));
        Assert.Contains("- M-steps of 2 ranks: measured 32.00 ms, forecast 31.07 ms (-2.9 %), means of the middle half of the rounds.", lines);
    }

    [Fact]
    public void One_rank_says_how_to_start_more()
    {
        var line = new RankLine("1 rank alone, 8 blocks", 1, new Spread(32, 30, 35), null, null);
        string[] lines = Printed(new RankReport(
            new DateOnly(2026, 1, 2), Some, Ranks: 1, Rounds: 1, [], null, 8e9, new RankSteps([line], [], null, null), new RankSteps([line], [], null, null)));
        Assert.Contains("- This is one rank. 'mpirun -n 2 modnet bench ranks' measures two, and forecasts steps of up to 1,024.", lines);
        Assert.DoesNotContain(lines, one => one.Contains("forecast ", StringComparison.Ordinal));
    }

    private static RankSteps Steps(RankLine line) => new(
        [line], [new RankOverhead("one", "other", new Spread(1.07, 1.05, 1.09))], Measured: 0.032,
        new StepModel { RankSeconds = [0.03], Link = new Link(2e-6, 1e9), DenseBytes = 1e6, AddedBytesPerSecond = 8e9 });

    private static string[] Printed(RankReport report)
    {
        using var output = new StringWriter();
        var context = new CliContext(() => AnsiConsole.Create(new AnsiConsoleSettings()), output, TextWriter.Null, new DataLocation(null, null));
        RankTables.Print(context, report);
        return output.ToString().Split('\n');
    }
}
