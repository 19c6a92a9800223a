namespace ModularNetworks.Data;

/// <summary>Reads dates by their form.</summary>
internal static class DateForms
{
    private static readonly string[] Times = ["", " H:mm", " H:mm:ss", " h:mm tt", " h:mm:ss tt"];

    private static readonly string[][] Patterns =
    [
        WithTimes("yyyy/M/d", "yyyy-M-d", "yyyy.M.d"),
        WithTimes("M/d/yyyy", "M-d-yyyy"),
        WithTimes("d/M/yyyy", "d.M.yyyy", "d-M-yyyy"),
        ["d MMM yyyy", "d-MMM-yyyy", "MMM d, yyyy", "MMM d yyyy", "d MMMM yyyy", "MMMM d, yyyy", "MMMM d yyyy"],
    ];

    private static readonly string[] Examples = ["2026/3/31", "3/31/2026", "31/3/2026", "31 Mar 2026"];

    /// <summary>A date in a form, as an example.</summary>
    public static string ExampleOf(DateForm form) => Examples[(int)form];

    /// <summary>Reads a date.</summary>
    /// <param name="form">Its form.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="days">The days since the beginning of 1970.</param>
    public static bool TryRead(DateForm form, ReadOnlySpan<char> cell, out double days) => CellValue.TryDate(cell, Patterns[(int)form], out days);

    private static string[] WithTimes(params IReadOnlyList<string> dates) => [.. Times.SelectMany(time => dates.Select(date => date + time))];
}
