namespace ModularNetworks.Data;

/// <summary>Finds in the training rows of a table what the cells of a column are, and how they become numbers.</summary>
/// <param name="table">The table.</param>
/// <param name="rows">The training rows.</param>
internal sealed class ColumnFit(TextTable table, int[] rows)
{
    private const int MostCategories = 100;

    // Fewer rows may differ by chance.
    private const int FewestForIdentifier = 10;

    /// <summary>Fits a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="isCategory">Whether its cells are words in any case.</param>
    /// <param name="isKept">Whether it is an input also if its cells look like those of an identifier.</param>
    /// <exception cref="DataException">Most cells are numbers or dates, and one is not.</exception>
    public TableColumn Fit(int column, bool isCategory, bool isKept = false)
    {
        int[] present = [.. rows.Where(row => !CellValue.IsMissing(table[row][column]))];
        var start = new TableColumn { Name = table.Columns[column], Kind = ColumnKind.Constant, HasMissing = present.Length < rows.Length };
        var texts = present.Select(row => table[row][column]);
        var counts = texts.CountBy(text => text, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        if (counts.Count == 0 || (counts.Count == 1 && !start.HasMissing))
            return start;
        var kind = isCategory ? ColumnKind.Category : KindOf(column, present);
        var (fitted, isIdentifier) = kind == ColumnKind.Category
            ? (OfCategories(start, counts), counts.Count == present.Length && present.Length >= FewestForIdentifier)
            : OfNumbers(start with { Kind = kind }, column, present);
        return isIdentifier && !isKept ? start with { Kind = ColumnKind.Identifier } : fitted;
    }

    /// <summary>The kind of half of the cells or more. Then the others are mistakes, but for words that are no yes and no.</summary>
    private ColumnKind KindOf(int column, int[] present)
    {
        // Numbers that are too large are no words: the first one is told as a mistake.
        if (2 * present.Count(row => CellValue.IsWrittenAsNumber(table[row][column], table.Numbers)) >= present.Length)
            return ColumnKind.Number;
        if (2 * present.Count(row => CellValue.TryDate(table[row][column], out _)) >= present.Length)
            return ColumnKind.Date;
        return CellValue.AreAnswers(present.Select(row => table[row][column])) ? ColumnKind.YesNo : ColumnKind.Category;
    }

    private static TableColumn OfCategories(TableColumn start, Dictionary<string, int> counts)
    {
        var kept = counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).Take(MostCategories);
        return start with { Kind = ColumnKind.Category, Categories = [.. kept.Select(count => count.Key).Order(StringComparer.Ordinal)] };
    }

    private (TableColumn Fitted, bool IsIdentifier) OfNumbers(TableColumn typed, int column, int[] present)
    {
        double[] numbers = [.. present.Select(row => NumberIn(table, typed, row, column))];
        var (mean, deviation) = Moments(numbers);
        return (typed with { Mean = mean, Deviation = deviation }, typed.Kind == ColumnKind.Number && AreRowNumbers(numbers));
    }

    /// <summary>The number in a cell.</summary>
    /// <exception cref="DataException">There is none.</exception>
    public static double NumberIn(TextTable table, TableColumn fitted, int row, int column) =>
        TableColumn.TryNumber(fitted.Kind, table[row][column], table.Numbers, out double number) ? number : throw Mistake(table, fitted, row, column);

    /// <summary>Says that a cell is not of its column's kind.</summary>
    public static DataException Mistake(TextTable table, TableColumn fitted, int row, int column) => table.Problem(
        row, column,
        $"{fitted.Expected(table[row][column], table.Numbers)}, as in {(fitted.Kind == ColumnKind.YesNo ? "the training" : "most")} rows,",
        $"{table.WayOn}, or give --set categories={fitted.Name} to read the column as words, or --set leaveOut={fitted.Name}.");

    /// <summary>Mean and standard deviation; numbers that are all the same have deviation 1.</summary>
    public static (double Mean, double Deviation) Moments(IReadOnlyCollection<double> numbers)
    {
        double mean = numbers.Average();
        double deviation = Math.Sqrt(numbers.Average(number => (number - mean) * (number - mean)));
        return (mean, deviation > 0 ? deviation : 1);
    }

    /// <summary>
    /// Whether numbers are those of rows, in any order: whole, all different, and counted from 0 or 1 with few gaps. Years and other numbers that
    /// begin elsewhere are a quantity.
    /// </summary>
    private static bool AreRowNumbers(double[] numbers) => numbers.Length >= FewestForIdentifier
        && numbers.All(number => double.IsInteger(number) && number >= 0 && number < 2.0 * numbers.Length)
        && numbers.Distinct().Count() == numbers.Length;
}
