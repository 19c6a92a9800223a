namespace ModularNetworks.Data;

/// <summary>Finds whether the first line of a table holds the names of its columns.</summary>
internal static class TableHeader
{
    /// <summary>
    /// It does if its cells are words, and none of them occurs again in its column. A number, a date or a missing value is no name.
    /// </summary>
    /// <param name="sample">The first rows.</param>
    /// <param name="decimalSign">The decimal sign of numbers.</param>
    public static bool IsIn(TableSample sample, char decimalSign)
    {
        if (sample.Columns == 0)
            return false;
        var format = TableDialect.NumbersWith(decimalSign);
        string[] first = [.. sample.FirstRow.Select(cell => cell.Text)];
        // Programs that number rows leave the name of that column empty; others end each line with a delimiter.
        string[] names = [.. first.Where(name => name.Length > 0)];
        return first.Length - names.Length <= 1
            && names.Length > 0
            && !names.Any(name => CellValue.IsMissing(name) || CellValue.TryNumber(name, format, out _) || CellValue.TryDate(name, out _))
            && !sample.Cells(hasHeader: true).Any(cell => cell.Column <= first.Length && cell.Text.Length > 0 && cell.Text == first[cell.Column - 1]);
    }
}
