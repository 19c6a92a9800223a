using System.Globalization;

namespace ModularNetworks.Data;

/// <summary>The one way in which all cells of a column are written as numbers or dates, other than the usual one.</summary>
/// <param name="Numbers">How numbers are written; null if the cells are none.</param>
/// <param name="Dates">How dates are written; null if the cells are none.</param>
/// <param name="Doubt">Which two ways are possible, and what to give to say so, in words; null if that is clear.</param>
internal sealed record Spelling(NumberForm? Numbers = null, DateForm? Dates = null, string? Doubt = null)
{
    /// <summary>The usual way, or words.</summary>
    public static readonly Spelling None = new();

    /// <summary>Finds the way.</summary>
    /// <param name="table">The table.</param>
    /// <param name="cells">The cells of a column that are not missing; equal ones may be left out.</param>
    /// <param name="asked">What is asked for.</param>
    public static Spelling Of(TextTable table, IReadOnlyCollection<string> cells, TableSpelling asked)
    {
        if (asked == TableSpelling.Plain || cells.Count == 0)
            return None;
        return OfNumbers(table, cells) ?? OfDates(cells, asked) ?? None;
    }

    /// <summary>Says that a column can be read in two ways.</summary>
    public DataException InDoubt(TextTable table, int column) => new($"{table.Source}: column {column + 1} ('{ShownText.Of(table.Columns[column])}'): {Doubt}.");

    /// <summary>What the cells of a column of words may be, in words; null if they are just words.</summary>
    /// <param name="table">The table.</param>
    /// <param name="cells">The cells of the column that are not missing.</param>
    /// <param name="asked">What is asked for.</param>
    public static string? HintOf(TextTable table, IReadOnlyCollection<string> cells, TableSpelling asked) =>
        Of(table, cells, asked).Doubt ?? OtherSpelling.Of(cells, table.Numbers);

    private static Spelling? OfNumbers(TextTable table, IReadOnlyCollection<string> cells)
    {
        char sign = table.DecimalSign;
        NumberForm[] forms =
        [
            .. NumberForm.FormsLike(cells.First()).OrderBy(form => form.DecimalSign != sign).Where(form => cells.All(cell => form.TryRead(cell, out _))),
        ];
        if (forms.Length == 0)
            return null;
        foreach (var other in forms.Where(form => form.DecimalSign != sign && forms[0].DecimalSign == sign))
        {
            if (cells.FirstOrDefault(cell => Value(forms[0], cell) != Value(other, cell)) is { } cell && !table.IsDecimalSignSure)
                return new Spelling(Doubt: $"'{ShownText.Of(cell)}' may be {Text(Value(forms[0], cell))} or {Text(Value(other, cell))}: --set decimalSign=point or comma says which");
        }
        return new Spelling(forms[0]);
    }

    private static Spelling? OfDates(IReadOnlyCollection<string> cells, TableSpelling asked)
    {
        DateForm[] forms = [.. Enum.GetValues<DateForm>().Where(form => cells.All(cell => DateForms.TryRead(form, cell, out _)))];
        return (forms, asked) switch
        {
            ([], _) => null,
            ([var form], _) => new Spelling(Dates: form),
            (_, TableSpelling.MonthFirst) => new Spelling(Dates: DateForm.MonthFirst),
            (_, TableSpelling.DayFirst) => new Spelling(Dates: DateForm.DayFirst),
            _ => new Spelling(Doubt: $"'{ShownText.Of(cells.First())}' may have the month or the day first: --set spelling=monthFirst or dayFirst says which"),
        };
    }

    private static double Value(NumberForm form, string cell) => form.TryRead(cell, out double number) ? number : double.NaN;

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
