using System.Globalization;

namespace ModularNetworks.Data;

/// <summary>The signs of a table: what stands between its columns, and the decimal sign of its numbers.</summary>
/// <param name="Delimiter">What stands between columns: a comma, a semicolon, a tab or a bar.</param>
/// <param name="DecimalSign">The decimal sign of numbers, a point or a comma.</param>
public sealed record TableDialect(char Delimiter, char DecimalSign = '.')
{
    internal static readonly char[] Delimiters = [',', ';', '\t', '|'];

    private static readonly NumberFormatInfo DecimalComma = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };

    /// <summary>The sign between columns.</summary>
    /// <exception cref="ArgumentException">It is given as something else than a comma, a semicolon, a tab or a bar.</exception>
    public char Delimiter { get; init => field = CheckDelimiter(value); } = CheckDelimiter(Delimiter);

    /// <summary>The decimal sign of numbers.</summary>
    /// <exception cref="ArgumentException">It is given as something else than a point or a comma.</exception>
    public char DecimalSign { get; init => field = CheckDecimalSign(value); } = CheckDecimalSign(DecimalSign);

    /// <summary>The format of numbers with a decimal sign.</summary>
    internal static NumberFormatInfo NumbersWith(char decimalSign) => decimalSign == ',' ? DecimalComma : NumberFormatInfo.InvariantInfo;

    /// <summary>A delimiter in words.</summary>
    internal static string Describe(char delimiter) => delimiter switch
    {
        ',' => "commas",
        ';' => "semicolons",
        '\t' => "tabs",
        _ => "bars",
    };

    /// <summary>The signs in words, such as <c>semicolons between columns, decimal commas</c>.</summary>
    public override string ToString() =>
        $"{Describe(Delimiter)} between columns, decimal {(DecimalSign == ',' ? "commas" : "points")}";

    private static char CheckDelimiter(char sign) => Delimiters.Contains(sign)
        ? sign
        : throw new ArgumentException($"TableDialect: the delimiter is '{sign}'; it must be a comma, a semicolon, a tab or a bar.");

    private static char CheckDecimalSign(char sign) => sign is '.' or ','
        ? sign
        : throw new ArgumentException($"TableDialect: the decimal sign is '{sign}'; it must be a point or a comma.");
}
