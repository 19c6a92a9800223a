using System.Globalization;

namespace ModularNetworks.Data;

/// <summary>
/// How the numbers of a column are written if not in plain digits: with signs between thousands, a sign of currency or a percent sign, such as
/// <c>$1,234.5</c>, <c>1.234,5 €</c> and <c>12 %</c>. A percent sign changes no value: 12 % is 12.
/// </summary>
public sealed record NumberForm
{
    private const int MostLetters = 64;
    private const int ThousandDigits = 3;
    private const string Signs = "+-\u2212";

    private static readonly (char Decimal, char Thousands)[] Known = [('.', ','), (',', '.'), ('.', ' '), (',', ' '), ('.', '\''), (',', '\'')];

    /// <summary>The decimal sign, a point or a comma.</summary>
    public required char DecimalSign { get; init; }

    /// <summary>The sign that may stand between thousands: a comma, a point, a space (also one that does not break the line) or an apostrophe.</summary>
    public required char ThousandsSign { get; init; }

    /// <summary>The sign that stands before or after each number, such as <c>$</c> or <c>%</c>; null if there is none.</summary>
    public char? Unit { get; init; }

    /// <summary>A number in this form, as an example.</summary>
    public override string ToString()
    {
        string digits = $"1{ThousandsSign}234{DecimalSign}5";
        return Unit switch
        {
            null => digits,
            '$' or '£' => $"{Unit}{digits}",
            _ => $"{digits} {Unit}",
        };
    }

    /// <summary>The forms in which a cell may be written: those with its unit.</summary>
    internal static IEnumerable<NumberForm> FormsLike(ReadOnlySpan<char> cell)
    {
        char? unit = UnitOf(cell);
        return Known.Select(signs => new NumberForm { DecimalSign = signs.Decimal, ThousandsSign = signs.Thousands, Unit = unit });
    }

    /// <summary>Whether the signs are among those that are known.</summary>
    internal bool IsKnown => Known.Contains((DecimalSign, ThousandsSign)) && (Unit is not { } unit || IsUnit(unit));

    /// <summary>The decimal sign of a number, whatever stands with it; null if there is none, or if it may be either.</summary>
    internal static char? DecimalSignOf(string cell)
    {
        if (!cell.Contains('.') && !cell.Contains(','))
            return null;
        char[] signs = [.. FormsLike(cell).Where(form => form.TryRead(cell, out _)).Select(form => form.DecimalSign).Distinct()];
        return signs is [var sign] ? sign : null;
    }

    /// <summary>Reads a number that is finite also in single precision.</summary>
    internal bool TryRead(ReadOnlySpan<char> cell, out double number)
    {
        if (Unit is null && CellValue.TryNumber(cell, TableDialect.NumbersWith(DecimalSign), out number))
            return true;
        number = 0;
        char sign = TakeSign(ref cell);
        if (Unit is { } unit)
        {
            if (!TryTakeUnit(ref cell, unit))
                return false;
            if (sign == '\0')
                sign = TakeSign(ref cell);
        }
        Span<char> plain = stackalloc char[MostLetters];
        if (cell.Length > MostLetters || !TryPlain(cell, plain, out int letters))
            return false;
        number = double.Parse(plain[..letters], CultureInfo.InvariantCulture) * (sign is '\0' or '+' ? 1 : -1);
        return float.IsFinite((float)number);
    }

    private static char? UnitOf(ReadOnlySpan<char> cell)
    {
        cell = cell.Trim(Signs).Trim();
        return cell.IsEmpty ? null : IsUnit(cell[0]) ? cell[0] : IsUnit(cell[^1]) ? cell[^1] : null;
    }

    private static bool IsUnit(char sign) => sign == '%' || char.GetUnicodeCategory(sign) == UnicodeCategory.CurrencySymbol;

    /// <summary>Takes plus or minus from the beginning; zero if there is neither.</summary>
    private static char TakeSign(ref ReadOnlySpan<char> cell)
    {
        if (cell.IsEmpty || !Signs.Contains(cell[0]))
            return '\0';
        char sign = cell[0];
        cell = cell[1..];
        return sign;
    }

    private static bool TryTakeUnit(ref ReadOnlySpan<char> cell, char unit)
    {
        if (cell.StartsWith(unit))
            cell = cell[1..].TrimStart();
        else if (cell.EndsWith(unit))
            cell = cell[..^1].TrimEnd();
        else
            return false;
        return true;
    }

    /// <summary>Leaves out the signs between thousands, and makes a point of the decimal sign.</summary>
    private bool TryPlain(ReadOnlySpan<char> cell, Span<char> plain, out int letters)
    {
        letters = 0;
        int end = cell.IndexOf(DecimalSign), group = 0;
        var whole = end < 0 ? cell : cell[..end];
        bool hasThousands = false;
        foreach (char letter in whole)
        {
            if (char.IsAsciiDigit(letter))
                (plain[letters++], group) = (letter, group + 1);
            else if (IsThousands(letter) && group > 0 && (hasThousands ? group == ThousandDigits : group <= ThousandDigits))
                (hasThousands, group) = (true, 0);
            else
                return false;
        }
        if (hasThousands && (group != ThousandDigits || whole[0] == '0'))
            return false;
        if (end < 0)
            return letters > 0;
        var decimals = cell[(end + 1)..];
        plain[letters++] = '.';
        decimals.CopyTo(plain[letters..]);
        letters += decimals.Length;
        return !decimals.IsEmpty && !decimals.ContainsAnyExceptInRange('0', '9');
    }

    private bool IsThousands(char letter) => letter == ThousandsSign || letter switch
    {
        '\u00a0' or '\u202f' => ThousandsSign == ' ',
        '\u2019' => ThousandsSign == '\'',
        _ => false,
    };
}
