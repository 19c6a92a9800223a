using ModularNetworks.Benchmarks;
using ModularNetworks.Cli.CommandLine;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Benchmarking;

/// <summary>Prints what benchmarks measured, as Markdown, so that it can stand in a page.</summary>
internal static class BenchTable
{
    // Above this, other programs slow a side down now and then.
    private const double LittleForeignLoad = 0.1;
    private const double Mebibyte = 1024.0 * 1024.0;

    // What a report prints as microseconds.
    private const double ShortTime = 0.1;

    private static (string Title, Func<CaseReport, string> Cell)[] Columns(string? peer) =>
    [
        ("ours", row => Time(row.Own)),
        ($"{peer}", row => row.Peer is null ? "" : Time(row.Peer)),
        ($"x {peer}", row => row.TimesPeer is null ? "" : Ratio(row.TimesPeer)),
        ("floor", row => row.Floor is null ? "" : Time(row.Floor.Median)),
        ("x floor", row => row.TimesFloor is null ? "" : Figures.Number(row.TimesFloor.Median, "F2")),
        ("beside", row => row.TimesBeside is null ? "" : $"{Ratio(row.TimesBeside)} x {row.Beside}"),
    ];

    /// <summary>Prints reports: a table for each topic, and what there is to know about its numbers.</summary>
    public static void Print(CliContext context, IReadOnlyList<BenchReport> reports)
    {
        foreach (var report in reports)
        {
            foreach (var topic in report.Cases.GroupBy(row => row.Topic))
                PrintTable(context, report.PeerName, topic.Key, [.. topic]);
            foreach (string note in Notes(report))
                context.WriteLine($"- {note}");
            context.WriteLine("");
        }
        foreach (string line in Legend(reports))
            context.WriteLine(line);
    }

    private static void PrintTable(CliContext context, string? peer, BenchTopic topic, IReadOnlyList<CaseReport> rows)
    {
        var columns = Columns(peer).Where(column => rows.Any(row => column.Cell(row).Length > 0)).ToArray();
        foreach (string line in MarkdownTable.Lines(
            [[TitleOf(topic), .. columns.Select(column => column.Title)],
                .. rows.Select(row => (string[])[row.Name, .. columns.Select(column => column.Cell(row))])]))
        {
            context.WriteLine(line);
        }
        context.WriteLine("");
    }

    private static string TitleOf(BenchTopic topic) => topic switch
    {
        BenchTopic.Lm => "language model",
        BenchTopic.Cnn => "image classifier",
        BenchTopic.Toy => "toy problem",
        BenchTopic.Layer => "modular layer",
        BenchTopic.Gemm => "matrix product",
        BenchTopic.Sizes => "M-step of a larger model",
        BenchTopic.Inference => "prediction",
        _ => "start",
    };

    private static IEnumerable<string> Notes(BenchReport report)
    {
        yield return $"{report.Date:yyyy-MM-dd}: {Place(report.Machine)}; {report.Own}" + (report.Peer is { } peer ? $"; {peer}" : "") + ".";
        yield return $"Median [fastest..slowest] of {Counted.Of(report.Rounds, "round")}, {Counted.Of(report.Threads, "thread")} each side unless a line says otherwise. "
            + $"Resident memory with the models of all lines: ours {Mebibytes(report.OwnResidentBytes)} MiB"
            + (report.PeerResidentBytes is { } bytes ? $", {report.PeerName} {Mebibytes(bytes)} MiB." : ".");
        foreach (var peaks in report.Peaks)
        {
            yield return $"Peaks of {Counted.Of(peaks.Threads, "thread")}: {Figures.Number(peaks.GigaOperations.Median, "F0")} GFLOP/s, "
                + $"{Figures.Number(peaks.GigaExponentials.Median, "F1")}e9 exponentials/s, {Figures.Number(peaks.Gigabytes.Median, "F1")} GB/s.";
        }
        if (report.ForeignCores is { } foreign)
        {
            string advice = foreign > LittleForeignLoad ? "; read the ratios, and repeat on a quiet machine" : "";
            yield return $"Other programs kept {Figures.Number(foreign, "F2")} cores busy meanwhile{advice}.";
        }
        foreach (var lost in report.Cases.Where(row => row.PeerFailure is not null))
            yield return $"{lost.Name} is without a peer: {lost.PeerFailure}";
    }

    private static IEnumerable<string> Legend(IReadOnlyList<BenchReport> reports)
    {
        var rows = reports.SelectMany(report => report.Cases).ToList();
        foreach (string? peer in reports.Where(report => report.Cases.Any(row => row.TimesPeer is not null)).Select(report => report.PeerName).Distinct())
            yield return $"x {peer}: how many times as fast this library is, of the ratios within a round.";
        if (rows.Any(row => row.TimesFloor is not null))
            yield return "x floor: ours over the time that the operations and bytes which it needs take at the machine's peaks.";
    }

    private static string Place(Machine machine) => $"{machine.Processor}, {Counted.Of(machine.Cores, "core")}, {machine.System}";

    private static string Time(Spread milliseconds)
    {
        var (unit, perMillisecond) = UnitFor(milliseconds.Median);
        return $"{Range(new Spread(milliseconds.Median * perMillisecond, milliseconds.Min * perMillisecond, milliseconds.Max * perMillisecond))} {unit}";
    }

    private static string Time(double milliseconds)
    {
        var (unit, perMillisecond) = UnitFor(milliseconds);
        return $"{Figures.Number(milliseconds * perMillisecond, FormatFor(milliseconds * perMillisecond))} {unit}";
    }

    private static (string Unit, double PerMillisecond) UnitFor(double milliseconds) =>
        milliseconds < ShortTime ? ("us", 1000) : ("ms", 1);

    private static string FormatFor(double number) => number < 10 ? "F2" : "F1";

    private static string Range(Spread spread) => Figures.Range(spread, FormatFor(spread.Median));

    private static string Ratio(Spread spread) => Figures.Range(spread, "F2");

    private static string Mebibytes(long bytes) => Figures.Number(bytes / Mebibyte, "F0");
}
