namespace ModularNetworks.Data;

/// <summary>
/// The rows of a table with a wrong value: no target, or a cell that is no number or date where most cells of its column are. They are looked for
/// once the table is refused, so that all damaged rows are told at once.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="question">Says what is predicted, and which columns are words or left out.</param>
internal sealed class WrongValues(TextTable table, TableQuestion question)
{
    private readonly ColumnFit _fit = new(table, [.. Enumerable.Range(0, table.Count)], question.Spelling);

    /// <summary>Adds these rows to those that were found before.</summary>
    public void AddTo(DamagedRows damaged)
    {
        try
        {
            int target = table.FindColumn(question.Target, "the target column");
            AddTargets(damaged, target);
            int[] passedOver = [.. question.Categories.Concat(question.LeftOut).Select(name => table.FindColumn(name, "the column")), target];
            foreach (int column in Enumerable.Range(0, table.Columns.Count).Except(passedOver))
            {
                var (fitted, rows) = _fit.Mistakes(column);
                foreach (int row in rows)
                    damaged.Add(table.NumberOf(row), ColumnFit.Mistake(table, fitted, row, column));
            }
        }
        catch (DataException)
        {
            // What is asked for does not fit the table, which is told once all of its rows can be read.
        }
    }

    private void AddTargets(DamagedRows damaged, int target)
    {
        for (int row = 0; row < table.Count; row++)
        {
            if (CellValue.IsMissing(table[row][target]))
                damaged.Add(table.NumberOf(row), TargetColumn.Missing(table, row, target));
        }
        if (question.TargetKind == TargetKind.Classes)
            return;
        var (fitted, rows) = _fit.Mistakes(target);
        foreach (int row in fitted.Kind == ColumnKind.Number ? rows : [])
            damaged.Add(table.NumberOf(row), TargetColumn.NoNumber(table, row, target, fitted.NumberForm));
    }
}
