using System.Globalization;
using Spectre.Console;

namespace ModularNetworks.Bench;

/// <summary>Prints a report for people; the table is Markdown, so that it can be pasted into a page.</summary>
internal static class ReportTable
{
    // Above this, other programs slow a side down now and then.
    private const double LittleForeignLoad = 0.1;

    /// <summary>Prints the report.</summary>
    public static void Print(IAnsiConsole console, BenchReport report)
    {
        var table = new Table().Border(TableBorder.Markdown);
        table.AddColumn("step");
        table.AddColumn(new TableColumn("ours, ms").RightAligned());
        if (report.Peer is not null)
        {
            table.AddColumn(new TableColumn("PyTorch, ms").RightAligned());
            table.AddColumn(new TableColumn("PyTorch / ours").RightAligned());
        }
        foreach (var row in report.Result.Cases)
            table.AddRow([.. Cells(row).Select(cell => new Text(cell))]);
        table.AddRow([.. MemoryCells(report.Result).Select(cell => new Text(cell))]);
        console.Write(table);
        console.WriteLine();
        foreach (string line in Notes(report))
            console.WriteLine(line);
    }

    private static IEnumerable<string> Cells(CaseResult row)
    {
        yield return row.Case.Name;
        yield return Format(row.Own, Digits(row.Own));
        if (row.Peer is not null && row.Ratio is not null)
        {
            yield return Format(row.Peer, Digits(row.Peer));
            yield return Format(row.Ratio, "F2");
        }
    }

    private static IEnumerable<string> MemoryCells(ComparisonResult result)
    {
        yield return "resident memory, MiB";
        yield return Mebibytes(result.OwnResidentBytes);
        if (result.PeerResidentBytes is { } peer)
        {
            yield return Mebibytes(peer);
            yield return Number((double)peer / result.OwnResidentBytes, "F2");
        }
    }

    private static IEnumerable<string> Notes(BenchReport report)
    {
        yield return $"Median [fastest..slowest] of {report.Rounds} rounds, {report.Threads} threads each side.";
        yield return $"{report.Date:yyyy-MM-dd}: {report.Machine.Processor}, {report.Machine.Cores} cores, {report.Machine.System}";
        yield return $"ours: {report.Own}";
        if (report.Peer is not null)
            yield return $"peer: {report.Peer}";
        if (report.Result.ForeignCores is { } foreign)
        {
            string advice = foreign > LittleForeignLoad ? "; read the ratios, and repeat on a quiet machine" : "";
            yield return $"Other programs kept {Number(foreign, "F2")} cores busy meanwhile{advice}.";
        }
    }

    private static string Format(Spread spread, string format) =>
        $"{Number(spread.Median, format)} [{Number(spread.Min, format)}..{Number(spread.Max, format)}]";

    private static string Digits(Spread spread) => spread.Median < 10 ? "F2" : "F1";

    private static string Mebibytes(long bytes) => Number(bytes / (1024.0 * 1024.0), "F0");

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
