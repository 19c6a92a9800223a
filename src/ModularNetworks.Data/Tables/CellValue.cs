using System.Collections.Frozen;
using System.Globalization;

namespace ModularNetworks.Data;

/// <summary>What the text of a cell says: nothing, a number, a date, yes or no.</summary>
internal static class CellValue
{
    private const DateTimeStyles Universal = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    /// <summary>The texts of cells that count as missing.</summary>
    public static readonly IReadOnlyList<string> MissingCells = ["", "?", "NA", "NaN", "nan", "null", "NULL"];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Missing =
        MissingCells.ToFrozenSet().GetAlternateLookup<ReadOnlySpan<char>>();

    // Dates in which day and month cannot be taken for each other.
    private static readonly string[] Dates =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "dd.MM.yyyy", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];

    private static readonly FrozenDictionary<string, (bool Value, int Pair)>.AlternateLookup<ReadOnlySpan<char>> Answers = new (string Yes, string No)[]
        { ("yes", "no"), ("y", "n"), ("true", "false"), ("t", "f"), ("ja", "nein"), ("on", "off") }
        .SelectMany((pair, place) => ((string, (bool, int))[])[(pair.Yes, (true, place)), (pair.No, (false, place))])
        .ToFrozenDictionary(answer => answer.Item1, answer => answer.Item2, StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a cell is empty, <c>?</c>, <c>NA</c>, <c>NaN</c> or <c>null</c>.</summary>
    public static bool IsMissing(ReadOnlySpan<char> cell) => Missing.Contains(cell);

    /// <summary>Reads a number that is finite also in single precision.</summary>
    public static bool TryNumber(ReadOnlySpan<char> cell, NumberFormatInfo format, out double number) =>
        double.TryParse(cell, NumberStyles.Float, format, out number) && float.IsFinite((float)number) && !cell.Contains('\0');

    /// <summary>Reads a number in a form; in plain digits if that is null.</summary>
    public static bool TryNumber(ReadOnlySpan<char> cell, NumberForm? form, NumberFormatInfo format, out double number) =>
        form is null ? TryNumber(cell, format, out number) : form.TryRead(cell, out number);

    /// <summary>Whether a cell is written in digits as a number, also if that is too large for single precision.</summary>
    public static bool IsWrittenAsNumber(ReadOnlySpan<char> cell, NumberFormatInfo format) =>
        double.TryParse(cell, NumberStyles.Float, format, out _) && !cell.Contains('\0') && cell.ContainsAnyInRange('0', '9');

    /// <summary>What is expected in place of a cell that is no number, in words.</summary>
    public static string ExpectedNumber(ReadOnlySpan<char> cell, NumberFormatInfo format) =>
        IsWrittenAsNumber(cell, format) ? "a number between -3.4e38 and 3.4e38" : "a finite number";

    /// <summary>The same of a number in a form.</summary>
    public static string ExpectedNumber(ReadOnlySpan<char> cell, NumberForm? form, NumberFormatInfo format) =>
        form is null ? ExpectedNumber(cell, format) : $"a number such as {form}";

    /// <summary>Reads a date, with or without a time.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="days">The days since the beginning of 1970.</param>
    public static bool TryDate(ReadOnlySpan<char> cell, out double days)
    {
        days = 0;
        // Most cells are told apart at once.
        if (cell.Length < "2026-11-30".Length || !char.IsAsciiDigit(cell[0]))
            return false;
        return TryDate(cell, Dates, out days);
    }

    /// <summary>Reads a date of one of some patterns.</summary>
    public static bool TryDate(ReadOnlySpan<char> cell, string[] patterns, out double days)
    {
        bool isDate = DateTime.TryParseExact(cell, patterns, CultureInfo.InvariantCulture, Universal, out var date);
        days = isDate ? (date - DateTime.UnixEpoch).TotalDays : 0;
        return isDate;
    }

    /// <summary>Reads yes or no; the two words of one pair, in capitals or not.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="answer">1 for yes, 0 for no.</param>
    public static bool TryAnswer(ReadOnlySpan<char> cell, out double answer)
    {
        bool isAnswer = Answers.TryGetValue(cell, out var found);
        answer = found.Value ? 1 : 0;
        return isAnswer;
    }

    /// <summary>Whether all cells are the words of one pair, such as yes and no.</summary>
    public static bool AreAnswers(IEnumerable<string> cells)
    {
        int[] pairs = [.. cells.Select(cell => Answers.TryGetValue(cell, out var found) ? found.Pair : -1).Distinct()];
        return pairs is [>= 0];
    }

    /// <summary>One text for all that say the same: nothing, a number in however many digits, a date, yes or no.</summary>
    public static string Canonical(string cell, NumberFormatInfo format) => cell switch
    {
        _ when IsMissing(cell) => "",
        _ when TryNumber(cell, format, out double number) => number.ToString(CultureInfo.InvariantCulture),
        _ when TryDate(cell, out double days) => days.ToString("'day' 0.0##########", CultureInfo.InvariantCulture),
        _ when TryAnswer(cell, out double answer) => answer > 0 ? "yes" : "no",
        _ => cell,
    };
}
