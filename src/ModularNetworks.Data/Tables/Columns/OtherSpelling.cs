using System.Globalization;
using System.Text.RegularExpressions;

namespace ModularNetworks.Data;

/// <summary>Recognises columns of numbers and dates in ways in which they are not read, so that their cells are words.</summary>
internal static class OtherSpelling
{
    private const int MostCells = 1000;
    private const string Digits = @"[+-]?\d[\d.,' \u00a0\u202f]*";

    private static readonly (string What, Regex Pattern)[] Spellings =
    [
        ("a date whose year has two digits", Like(@"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}([ T].*)?")),
        ("a date", Like(@"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}([ T].*)?")),
        ("a date", Like(@"\d{4}[/.-]\d{1,2}[/.-]\d{1,2}([ T].*)?")),
        ("a date", Like(@"\d{1,2}[. -]+[A-Za-z]{3,9}[., -]+(\d{4}|\d{2})|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}")),
        ("a number with thousands signs", Like(@"[+-]?\d{1,3}((,\d{3})+(\.\d+)?|(\.\d{3})+(,\d+)?|([' \u00a0\u202f]\d{3})+([.,]\d+)?)")),
        ("a number with a sign of currency", Like($@"[+-]?\p{{Sc}}\s?{Digits}|{Digits}\p{{Sc}}")),
        ("a number with a percent sign", Like($"{Digits}%")),
    ];

    /// <summary>What the cells look like with an example, in words, if nearly all do so; null otherwise.</summary>
    /// <param name="cells">The cells of a column that are not missing; the first thousand are looked at.</param>
    /// <param name="format">The format of the table's numbers.</param>
    public static string? Of(IEnumerable<string> cells, NumberFormatInfo format)
    {
        string[] some = [.. cells.Take(MostCells)];
        foreach (var (what, pattern) in Spellings)
        {
            int found = some.Count(cell => pattern.IsMatch(cell) || CellValue.IsWrittenAsNumber(cell, format));
            if (10 * found >= 9 * some.Length && some.FirstOrDefault(pattern.IsMatch) is { } example)
                return $"'{ShownText.Of(example)}' looks like {what}{But(some.FirstOrDefault(cell => !pattern.IsMatch(cell) && !CellValue.IsWrittenAsNumber(cell, format)))}";
        }
        return null;
    }

    private static string But(string? other) => other is null ? "" : $", '{ShownText.Of(other)}' does not";

    // Without steps back, so that no cell takes long.
    private static Regex Like(string pattern) => new($"^({pattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
