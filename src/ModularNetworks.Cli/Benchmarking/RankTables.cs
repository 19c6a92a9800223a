using ModularNetworks.Benchmarks;
using ModularNetworks.Cli.CommandLine;
using ModularNetworks.Engine;

namespace ModularNetworks.Cli.Benchmarking;

/// <summary>Prints what was measured of ranks that train together, and the forecast for more of them.</summary>
internal static class RankTables
{
    private const int MostRanks = 1024;
    private const double Micro = 1e6;
    private const double Milli = 1e3;
    private const double Giga = 1e9;

    /// <summary>Prints a report.</summary>
    public static void Print(CliContext context, RankReport report)
    {
        PrintMessages(context, report);
        PrintSteps(context, "M-step", report.MSteps);
        PrintSteps(context, "E-step", report.ESteps);
        PrintForecasts(context, report);
        context.WriteLine(
            $"- {report.Date:yyyy-MM-dd}: {report.Machine.Processor}, {report.Machine.System}; "
            + $"{Counted.Of(report.Ranks, "rank")}, 1 thread each.");
        context.WriteLine(
            $"- Language model 5/1, {RankReport.Windows} windows a rank. Median [fastest..slowest] of {Counted.Of(report.Rounds, "round")}. While rank 0 works alone, the others sleep.");
        context.WriteLine(report.Ranks == 1
            ? $"- This is one rank. 'mpirun -n 2 {context.Program} bench ranks' measures two, and forecasts steps of up to {MostRanks:N0}."
            : "- x 1 rank: the windows a second of all ranks over those of one rank alone with the same blocks, of the ratios within a round.");
    }

    private static void PrintMessages(CliContext context, RankReport report)
    {
        if (report.Link is not { } link)
            return;
        PrintTable(context, [["message each way", "measured", "latency + bytes / bandwidth"],
            .. report.Messages.Select(message => (string[])[
                Size(message.Bytes), Time(message.Seconds), Time(link.Seconds(message.Bytes))])]);
        context.WriteLine(
            $"- Latency {Time(link.LatencySeconds)}, bandwidth {Figures.Number(link.BytesPerSecond / Giga, "F2")} GB/s each way, the least squares of relative errors. "
            + $"A rank adds gradients at {Figures.Number(report.AddedBytesPerSecond / Giga, "F1")} GB/s.");
        context.WriteLine("");
    }

    private static void PrintSteps(CliContext context, string kind, RankSteps steps)
    {
        PrintTable(context, [[kind, "time", "windows a second", "x 1 rank", "communication"],
            .. steps.Lines.Select(line => (string[])[
                line.Name,
                $"{Figures.Range(line.Milliseconds, "F1")} ms",
                Figures.Number(line.WindowsPerSecond, "N0"),
                line.Scaling is { } scaling ? Figures.Range(scaling, "F2") : "",
                line.CommunicationMilliseconds is { } milliseconds ? $"{Figures.Number(milliseconds, "F1")} ms" : ""])]);
        foreach (var cost in steps.Overheads)
            context.WriteLine($"- {cost.Name}, beside {cost.Other}: {Figures.Range(cost.Ratio, "F3")} times the time.");
        context.WriteLine("");
    }

    private static void PrintForecasts(CliContext context, RankReport report)
    {
        if (report is not { MSteps: { Model: { } mSteps, Measured: { } mMeasured }, ESteps: { Model: { } eSteps, Measured: { } eMeasured } })
            return;
        var rows = new List<string[]> { (string[])["forecast", "M-step", "waiting", "communication", "windows a second", "E-step", "waiting", "communication", "windows a second"] };
        for (int ranks = 2; ranks <= MostRanks; ranks *= 2)
            rows.Add([Counted.Of(ranks, "rank"), .. Cells(mSteps.Of(ranks)), .. Cells(eSteps.Of(ranks))]);
        PrintTable(context, rows);
        PrintError(context, "M-steps", mMeasured, mSteps.Of(report.Ranks));
        PrintError(context, "E-steps", eMeasured, eSteps.Of(report.Ranks));
        context.WriteLine("");
    }

    private static string[] Cells(StepForecast step) =>
    [
        Time(step.Seconds), Time(step.Waiting), Time(step.Communicating), Figures.Number(RankReport.Windows * step.Ranks / step.Seconds, "N0"),
    ];

    private static void PrintError(CliContext context, string kind, double measured, StepForecast forecast) => context.WriteLine(
        $"- {kind} of {Counted.Of(forecast.Ranks, "rank")}: measured {Time(measured)}, forecast {Time(forecast.Seconds)} "
        + $"({Figures.Number((forecast.Seconds - measured) / measured, "+0.0 %;-0.0 %")}), means of the middle half of the rounds.");

    private static void PrintTable(CliContext context, IReadOnlyList<string[]> rows)
    {
        foreach (string line in MarkdownTable.Lines(rows))
            context.WriteLine(line);
        context.WriteLine("");
    }

    private static string Size(int bytes) => bytes switch
    {
        >= 1 << 20 => $"{bytes >> 20} MiB",
        >= 1 << 10 => $"{bytes >> 10} KiB",
        _ => Counted.Of(bytes, "byte"),
    };

    private static string Time(double seconds) => seconds < 1 / Milli
        ? $"{Figures.Number(seconds * Micro, "F1")} us"
        : $"{Figures.Number(seconds * Milli, "F2")} ms";
}
