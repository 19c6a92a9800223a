namespace ModularNetworks.Data;

/// <summary>Reads dates by their form.</summary>
internal static class DateForms
{
    private static readonly string[] Times = ["", " H:mm", " H:mm:ss", " h:mm tt", " h:mm:ss tt"];

    private static readonly Dictionary<DateForm, (string Example, string[] Patterns)> Forms = new()
    {
        [DateForm.YearFirst] = ("2026/3/31", WithTimes("yyyy/M/d", "yyyy-M-d", "yyyy.M.d")),
        [DateForm.MonthFirst] = ("3/31/2026", WithTimes("M/d/yyyy", "M-d-yyyy")),
        [DateForm.DayFirst] = ("31/3/2026", WithTimes("d/M/yyyy", "d.M.yyyy", "d-M-yyyy")),
        [DateForm.MonthName] =
            ("31 Mar 2026", ["d MMM yyyy", "d-MMM-yyyy", "MMM d, yyyy", "MMM d yyyy", "d MMMM yyyy", "MMMM d, yyyy", "MMMM d yyyy"]),
    };

    /// <summary>A date in a form, as an example.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such form.</exception>
    public static string ExampleOf(DateForm form) => Of(form).Example;

    /// <summary>Reads a date.</summary>
    /// <param name="form">Its form.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="days">The days since the beginning of 1970.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such form.</exception>
    public static bool TryRead(DateForm form, ReadOnlySpan<char> cell, out double days) => CellValue.TryDate(cell, Of(form).Patterns, out days);

    private static (string Example, string[] Patterns) Of(DateForm form) => Forms.TryGetValue(form, out var known)
        ? known
        : throw new ArgumentOutOfRangeException(nameof(form), $"DateForm: the form is {form}; it must be one of {string.Join(", ", Forms.Keys)}.");

    private static string[] WithTimes(params IReadOnlyList<string> dates) => [.. Times.SelectMany(time => dates.Select(date => date + time))];
}
