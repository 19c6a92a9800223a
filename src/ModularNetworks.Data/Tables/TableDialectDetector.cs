using System.Globalization;
using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Finds delimiter, decimal sign and header of a table in its first rows, or refuses a table in which two signs are possible.</summary>
/// <remarks>
/// A delimiter is possible if it cuts the rows into equally many columns, several of them. If several are, the one is taken that leaves none of
/// the others in any cell: numbers with a decimal comma and what stands in quotes aside.
/// </remarks>
/// <param name="source">The name of the table in messages.</param>
/// <param name="given">What is known of the table.</param>
/// <param name="howToSay">How to say what cannot be found, in words.</param>
internal sealed class TableDialectDetector(string source, TableLayout given, string howToSay)
{
    /// <summary>How many bytes are looked at.</summary>
    public const int StartBytes = 1 << 16;

    private const int ThousandDigits = 3;

    /// <summary>Reads the start of a table, and goes back to where the stream was.</summary>
    /// <param name="stream">The table; its first <see cref="StartBytes"/> can be read again.</param>
    /// <returns>The signs, and whether the first line holds the names of the columns.</returns>
    /// <exception cref="DataException">The table is empty or no text, or two delimiters or decimal signs are possible.</exception>
    public (TableDialect Dialect, bool HasHeader) Detect(Stream stream)
    {
        long position = stream.Position;
        byte[] start = new byte[StartBytes];
        int bytes = stream.ReadAtLeast(start, StartBytes, throwOnEndOfStream: false);
        stream.Position = position;
        if (start.AsSpan(0, bytes).Trim(" \t\r\n"u8).IsEmpty && bytes < StartBytes)
            throw NoRows(source);
        BrokenText.Refuse(start.AsSpan(0, bytes), isWhole: bytes < StartBytes, source);
        var sample = given.Delimiter is { } sign ? SampleOf(sign) : Choose([.. TableDialect.Delimiters.Select(SampleOf)]);
        char decimalSign = given.DecimalSign ?? FindDecimalSign(sample);
        return (new TableDialect(sample.Delimiter, decimalSign), given.HasHeader ?? TableHeader.IsIn(sample, decimalSign));

        TableSample SampleOf(char delimiter) => TableSample.Of(start[..bytes], isWhole: bytes < StartBytes, delimiter);
    }

    /// <summary>Says that a table has no rows.</summary>
    /// <param name="source">The name of the table.</param>
    public static DataException NoRows(string source) => new($"{source}: has no rows; at least one is expected. Check that the file is complete.");

    private TableSample Choose(TableSample[] samples)
    {
        TableSample[] possible = [.. samples.Where(sample => sample.IsPlausible)];
        if (possible.Length == 0)
            return LikeTheFirst(samples);
        char[] delimiters = [.. possible.Select(sample => sample.Delimiter)];
        TableSample[] clean = [.. possible.Where(sample => FindForeign(sample, delimiters) is null)];
        return clean.Length == 1
            ? clean[0]
            : throw Refusal(
                FindForeign(possible[0], delimiters) ?? possible[0].Cells(hasHeader: false).First(),
                $"the columns may be separated by {string.Join(" or by ", delimiters.Select(TableDialect.Describe))}. Say by which");
    }

    /// <summary>The delimiter of the first row, which the others do not have: the reader tells which is of another length.</summary>
    /// <exception cref="DataException">Another delimiter cuts all other rows evenly.</exception>
    private TableSample LikeTheFirst(TableSample[] samples)
    {
        var first = samples.MaxBy(sample => sample.Columns)!;
        var below = samples.FirstOrDefault(sample => sample.ColumnsBelow > 1);
        return first.Columns == 1 || below is null || below == first
            ? first
            : throw new DataException(
                $"{source}: line 1 has {Counted.Of(first.Columns, "column")} with {TableDialect.Describe(first.Delimiter)} between them, the lines below "
                + $"{below.ColumnsBelow} with {TableDialect.Describe(below.Delimiter)}; all lines must have the same. Correct line 1.");
    }

    /// <summary>The first cell in which another delimiter stands, and not as a decimal comma or in quotes.</summary>
    private static SampleCell? FindForeign(TableSample sample, char[] delimiters) => sample.Cells(hasHeader: false).FirstOrDefault(cell =>
        !cell.IsQuoted && !HasDecimal(cell.Text, ',') && cell.Text.IndexOfAny(delimiters) >= 0);

    private char FindDecimalSign(TableSample sample)
    {
        // A first line that may be a header says nothing of numbers, unless there is no other.
        bool hasHeader = given.HasHeader ?? sample.Cells(hasHeader: true).Any();
        var points = sample.Cells(hasHeader).FirstOrDefault(cell => HasDecimal(cell.Text, '.'));
        var commas = sample.Cells(hasHeader).Where(cell => HasDecimal(cell.Text, ',')).ToArray();
        if (commas.FirstOrDefault(cell => !MayBeThousands(cell.Text)) is { } comma)
        {
            return points is null
                ? ','
                : throw Refusal(comma, $"this is a decimal comma, and '{points.Text}' in line {points.Line}, column {points.Column} a decimal point. Say which to read");
        }
        if (points is not null || commas.Length == 0)
            return '.';
        // A number such as $1,234.50 shows how to read 1,234.
        char?[] shown = [.. sample.Cells(hasHeader).Select(cell => NumberForm.DecimalSignOf(cell.Text)).Where(sign => sign is not null).Distinct()];
        return shown is [{ } sign]
            ? sign
            : throw Refusal(commas[0], "the comma may be a decimal sign, or stand between thousands. Say which decimal sign to read");
    }

    /// <summary>Whether a cell is a number with a decimal sign.</summary>
    private static bool HasDecimal(string text, char sign) => text.Contains(sign) && double.TryParse(
        text, NumberStyles.Float, TableDialect.NumbersWith(sign), out _);

    /// <summary>Whether a number with a comma has one to three digits before it, which are not 0, and three after it.</summary>
    private static bool MayBeThousands(string text)
    {
        string digits = text.TrimStart('+', '-');
        int comma = digits.IndexOf(',');
        return comma is >= 1 and <= ThousandDigits && digits[0] != '0' && digits.Length == comma + 1 + ThousandDigits
            && digits[(comma + 1)..].All(char.IsAsciiDigit);
    }

    private DataException Refusal(SampleCell cell, string problem) => new(
        $"{source}: line {cell.Line}, column {cell.Column}: found '{ShownText.Of(cell.Text)}': {problem}: {howToSay}.");
}
