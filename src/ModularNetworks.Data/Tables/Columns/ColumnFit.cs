namespace ModularNetworks.Data;

/// <summary>Finds in the training rows of a table what the cells of a column are, and how they become numbers.</summary>
/// <param name="table">The table.</param>
/// <param name="rows">The training rows.</param>
/// <param name="asked">Which ways of writing numbers and dates are read.</param>
internal sealed class ColumnFit(TextTable table, int[] rows, TableSpelling asked)
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
        int[] present = Present(column);
        var start = new TableColumn { Name = table.Columns[column], Kind = ColumnKind.Constant, HasMissing = present.Length < rows.Length };
        var texts = present.Select(row => table[row][column]);
        var counts = texts.CountBy(text => text, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        if (counts.Count == 0 || (counts.Count == 1 && !start.HasMissing))
            return start;
        var typed = isCategory ? start with { Kind = ColumnKind.Category } : Typed(start, column, present, counts.Keys);
        var (fitted, isIdentifier) = typed.Kind == ColumnKind.Category
            ? (OfCategories(typed, counts), counts.Count == present.Length && present.Length >= FewestForIdentifier)
            : OfNumbers(typed, column, present);
        return isIdentifier && !isKept ? start with { Kind = ColumnKind.Identifier } : fitted;
    }

    /// <summary>The rows whose cells are not numbers or dates, as most cells of the column are.</summary>
    /// <param name="column">The column.</param>
    /// <exception cref="DataException">The cells can be read in two ways.</exception>
    public (TableColumn Fitted, int[] Rows) Mistakes(int column)
    {
        int[] present = Present(column);
        var texts = present.Select(row => table[row][column]).ToHashSet(StringComparer.Ordinal);
        var typed = Typed(new TableColumn { Name = table.Columns[column], Kind = ColumnKind.Constant }, column, present, texts);
        return typed.Kind is ColumnKind.Number or ColumnKind.Date
            ? (typed, [.. present.Where(row => !typed.TryNumber(table[row][column], table.Numbers, out _))])
            : (typed, []);
    }

    private int[] Present(int column) => [.. rows.Where(row => !CellValue.IsMissing(table[row][column]))];

    /// <summary>
    /// The kind of all cells, in one way of writing them, or of half of the cells or more. Then the others are mistakes, but for words that are no yes
    /// and no.
    /// </summary>
    private TableColumn Typed(TableColumn start, int column, int[] present, IReadOnlyCollection<string> texts)
    {
        // Numbers that are too large are no words: the first one is told as a mistake.
        int numbers = present.Count(row => CellValue.IsWrittenAsNumber(table[row][column], table.Numbers));
        int dates = present.Count(row => CellValue.TryDate(table[row][column], out _));
        var spelling = Math.Max(numbers, dates) == present.Length ? Spelling.None : Spelling.Of(table, texts, asked);
        if (spelling.Numbers is not null || spelling.Dates is not null)
            return start with { Kind = spelling.Numbers is null ? ColumnKind.Date : ColumnKind.Number, NumberForm = spelling.Numbers, DateForm = spelling.Dates };
        if (2 * numbers >= present.Length)
            return spelling.Doubt is null ? start with { Kind = ColumnKind.Number } : throw spelling.InDoubt(table, column);
        if (2 * dates >= present.Length)
            return start with { Kind = ColumnKind.Date };
        return start with { Kind = CellValue.AreAnswers(texts) ? ColumnKind.YesNo : ColumnKind.Category };
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
        return (typed with { Mean = mean, Deviation = deviation }, typed is { Kind: ColumnKind.Number, NumberForm: null or { Unit: null } } && AreRowNumbers(numbers));
    }

    /// <summary>The number in a cell.</summary>
    /// <exception cref="DataException">There is none.</exception>
    public static double NumberIn(TextTable table, TableColumn fitted, int row, int column) =>
        fitted.TryNumber(table[row][column], table.Numbers, out double number) ? number : throw Mistake(table, fitted, row, column);

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
