using System.Globalization;
using ModularNetworks.Benchmarks;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Benchmarking;

/// <summary>Prints a benchmark's report; the table is Markdown, so that it can stand in a page.</summary>
internal static class BenchTable
{
    // Above this, other programs slow a side down now and then.
    private const double LittleForeignLoad = 0.1;
    private const double Mebibyte = 1024.0 * 1024.0;

    // What a report prints as microseconds.
    private const double ShortTime = 0.1;

    /// <summary>Prints the report.</summary>
    public static void Print(CliContext context, BenchReport report)
    {
        string[][] rows = [["", .. Titles(report)], .. report.Cases.Select(row => (string[])[row.Name, .. Cells(report, row)])];
        foreach (string line in MarkdownTable.Lines(rows))
            context.WriteLine(line);
        context.WriteLine("");
        foreach (string line in Notes(report))
            context.WriteLine(line);
    }

    private static IEnumerable<string> Titles(BenchReport report) => report.Peer is null
        ? ["ours", "floor", "x floor", "beside"]
        : ["ours", "PyTorch", "x PyTorch", "floor", "x floor", "beside"];

    private static IEnumerable<string> Cells(BenchReport report, CaseReport row)
    {
        yield return Time(row.Own);
        if (report.Peer is not null)
        {
            yield return row.Peer is null ? "" : Time(row.Peer);
            yield return row.TimesPeer is null ? "" : Ratio(row.TimesPeer);
        }
        yield return row.Floor is null ? "" : Time(row.Floor.Median);
        yield return row.TimesFloor is null ? "" : Number(row.TimesFloor.Median, "F2");
        yield return row.TimesBeside is null ? "" : $"{Ratio(row.TimesBeside)} x {row.Beside}";
    }

    private static IEnumerable<string> Notes(BenchReport report)
    {
        yield return $"Times: median [fastest..slowest] of {report.Rounds} rounds, {report.Threads} threads each side unless a line says otherwise.";
        if (report.Peer is not null)
            yield return "x PyTorch: how many times as fast this library is, of the ratios within a round.";
        yield return "x floor: how many times as long it takes as the operations and bytes that it needs take at this machine's peaks.";
        foreach (var peaks in report.Peaks)
        {
            yield return $"Peaks, threads: {peaks.Threads}: {Number(peaks.GigaOperations.Median, "F0")} GFLOP/s, "
                + $"{Number(peaks.GigaExponentials.Median, "F2")}e9 exponentials/s, {Number(peaks.Gigabytes.Median, "F1")} GB/s.";
        }
        yield return $"Resident memory: ours {Mebibytes(report.OwnResidentBytes)} MiB"
            + (report.PeerResidentBytes is { } bytes ? $", PyTorch {Mebibytes(bytes)} MiB" : "") + ", with the models of all lines.";
        yield return $"{report.Date:yyyy-MM-dd}: {Place(report.Machine)}; {report.Own}" + (report.Peer is { } peer ? $"; {peer}" : "") + ".";
        if (report.ForeignCores is { } foreign)
        {
            string advice = foreign > LittleForeignLoad ? "; read the ratios, and repeat on a quiet machine" : "";
            yield return $"Other programs kept {Number(foreign, "F2")} cores busy meanwhile{advice}.";
        }
    }

    private static string Place(Machine machine) => $"{machine.Processor}, {machine.Cores} cores, {machine.System}";

    private static string Time(Spread milliseconds) => milliseconds.Median < ShortTime
        ? $"{Range(milliseconds with { Median = 1000 * milliseconds.Median, Min = 1000 * milliseconds.Min, Max = 1000 * milliseconds.Max })} us"
        : $"{Range(milliseconds)} ms";

    private static string Time(double milliseconds) =>
        Time(new Spread(milliseconds, milliseconds, milliseconds)).Split(' ') is [var number, _, var unit] ? $"{number} {unit}" : "";

    private static string Range(Spread spread)
    {
        string format = spread.Median < 10 ? "F2" : "F1";
        return $"{Number(spread.Median, format)} [{Number(spread.Min, format)}..{Number(spread.Max, format)}]";
    }

    private static string Ratio(Spread spread) =>
        $"{Number(spread.Median, "F2")} [{Number(spread.Min, "F2")}..{Number(spread.Max, "F2")}]";

    private static string Mebibytes(long bytes) => Number(bytes / Mebibyte, "F0");

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
