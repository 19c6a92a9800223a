using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>A table as vectors with targets, in three parts, and what turned its rows into them.</summary>
public sealed class TableProblem
{
    private static readonly string[] OneTask = ["all"];

    private readonly TextTable _table;
    private readonly TargetColumn _target;
    private readonly int[] _inputs;

    private TableProblem(TextTable table, TableQuestion question, RandomKey key)
    {
        _table = table;
        _target = new TargetColumn(table, table.FindColumn(question.Target, "the target column"), question.TargetKind, question.Spelling);
        _inputs = [.. Enumerable.Range(0, table.Columns.Count).Where(column => column != _target.Column)];
        var split = question.Split == TableSplit.Ordered
            ? RowSplit.Ordered(table.Count, question.ValidShare, question.TestShare)
            : RowSplit.Stratified(_target.Strata, question.ValidShare, question.TestShare, key);
        if (split is not { Train.Length: > 1, Valid.Length: > 0, Test.Length: > 0 })
        {
            throw _target.TooFew(
                $"its {table.Count} rows make {split.Train.Length} for training, {split.Valid.Length} for validation and {split.Test.Length} for the test; at "
                + "least 2, 1 and 1 are needed.");
        }
        Encoding = Fit(question, split.Train);
        ReadAsWords = [.. Spellings(question, split.Train)];
        RequireFeatures();
        Splits = new TaskSplits(PointsOf(split.Train), PointsOf(split.Valid), PointsOf(split.Test), Fingerprint())
        {
            TellsLoss = true,
            ClusterFeatures = ClusterFeatures(question),
            TargetDeviation = _target.IsNumber ? Encoding.Target.Deviation : null,
        };
    }

    /// <summary>The parts.</summary>
    public TaskSplits Splits { get; }

    /// <summary>What turns rows into vectors, fitted on the training rows.</summary>
    public TableEncoding Encoding { get; }

    /// <summary>Columns of words whose cells look like numbers or dates, each with the reason why they are not read so, in words.</summary>
    public IReadOnlyList<string> ReadAsWords { get; }

    /// <summary>
    /// The number of different values of the target, if it was taken for a number but its values may be numbers of classes: few, and all of them whole;
    /// else null.
    /// </summary>
    public int? PossibleClasses => _target.PossibleClasses;

    /// <summary>Reads a table of which a problem is to be made: if rows are damaged, it is refused with their number, those with wrong values among them.</summary>
    /// <param name="path">The file, as for <see cref="TextTable.Read(string, TableLayout?, DataProgress?)"/>.</param>
    /// <param name="question">Says what is predicted.</param>
    /// <param name="layout">What is given of the table's layout; all is found if null.</param>
    /// <param name="progress">Is told how the reading goes on, and ends it; null if nobody is.</param>
    /// <exception cref="DataException">The table cannot be read.</exception>
    public static TextTable ReadTable(string path, TableQuestion question, TableLayout? layout = null, DataProgress? progress = null)
    {
        ArgumentNullException.ThrowIfNull(question);
        return TextTable.Read(path, layout, progress, (table, damaged) => new WrongValues(table, question).AddTo(damaged));
    }

    /// <summary>Makes vectors of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="question">Says what is predicted, and how rows are split.</param>
    /// <param name="key">Draws the rows of the parts.</param>
    /// <exception cref="DataException">
    /// A column does not exist, a cell is not of its column's kind, a target is missing, or rows or columns are too few or too many.
    /// </exception>
    public static TableProblem Create(TextTable table, TableQuestion question, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(question);
        try
        {
            return new TableProblem(table, question, key);
        }
        catch (DataException)
        {
            var damaged = new DamagedRows();
            new WrongValues(table, question).AddTo(damaged);
            damaged.Refuse();
            throw;
        }
    }

    private TableEncoding Fit(TableQuestion question, int[] rows)
    {
        int[] categories = [.. question.Categories.Select(name => _table.FindColumn(name, "the column of categories"))];
        int[] kept = [.. question.Kept.Select(name => _table.FindColumn(name, "the column to keep"))];
        int[] leftOut = [.. question.LeftOut.Select(name => _table.FindColumn(name, "the column to leave out"))];
        if (leftOut.Intersect(kept).ToArray() is [var both, ..])
            throw new DataException($"{_table.Source}: column '{ShownText.Of(_table.Columns[both])}' is to be kept and left out. Choose one.");
        var fit = new ColumnFit(_table, rows, question.Spelling);
        var stage = _table.Begin("columns are looked at", _inputs.Length);
        return new TableEncoding
        {
            Columns =
            [
                .. _inputs.Select(column =>
                {
                    stage.Add(1);
                    return leftOut.Contains(column)
                        ? new TableColumn { Name = _table.Columns[column], Kind = ColumnKind.LeftOut }
                        : fit.Fit(column, categories.Contains(column), kept.Contains(column));
                }),
            ],
            Target = _target.Fit(rows),
        };
    }

    private IEnumerable<string> Spellings(TableQuestion question, int[] rows)
    {
        int[] asked = [.. question.Categories.Select(name => _table.FindColumn(name, "the column of categories"))];
        int[] words = [.. _inputs.Where((_, place) => Encoding.Columns[place].Kind is ColumnKind.Category or ColumnKind.Identifier)];
        foreach (int column in words.Except(asked).Concat(_target.IsNumber || question.TargetKind != TargetKind.Auto ? [] : [_target.Column]))
        {
            string[] cells = [.. rows.Select(row => _table[row][column]).Where(cell => !CellValue.IsMissing(cell))];
            if (Spelling.HintOf(_table, cells, question.Spelling) is { } spelling)
                yield return $"{ShownText.Of(_table.Columns[column])} ({spelling})";
        }
    }

    private void RequireFeatures()
    {
        int features = Encoding.Features();
        if (features == 0)
        {
            string reasons = Encoding.LeftOut() is { Length: > 0 } leftOut ? $"; left out: {leftOut}" : "";
            reasons += ReadAsWords.Count > 0 ? $"; read as words: {string.Join(", ", ReadAsWords)}" : "";
            throw new DataException($"{_table.Source}: no column is left to predict '{ShownText.Of(Encoding.Target.Name)}' from{reasons}. Use a table with other columns.");
        }
        EncodedTable.RequireMemory(_table, features);
    }

    private bool[]? ClusterFeatures(TableQuestion question)
    {
        if (question.ClusterColumns.Count == 0)
            return null;
        int[] chosen = [.. question.ClusterColumns.Select(name => _table.FindColumn(name, "the column of clusters"))];
        bool[] features = [.. Encoding.Columns.SelectMany((column, place) => Enumerable.Repeat(chosen.Contains(_inputs[place]), column.Features()))];
        return features.Contains(true)
            ? features
            : throw new DataException($"{_table.Source}: no input is made of the columns of clusters, {string.Join(", ", question.ClusterColumns.Select(ShownText.Of))}. Choose others.");
    }

    private TaskPoints PointsOf(int[] rows)
    {
        var inputs = EncodedTable.Vectors(
            _table, Encoding, _inputs, rows, (row, column) => throw ColumnFit.Mistake(_table, Encoding.Columns[column], row, _inputs[column]));
        var (tasks, target) = (new int[rows.Length], Encoding.Target);
        return target.Classes is { } classes
            ? TaskPoints.OfClasses(inputs, OneTask, tasks, classes, _target.Labels(target, rows))
            : TaskPoints.OfNumbers(inputs, OneTask, tasks, _target.Standardised(target, rows));
    }

    /// <summary>Tells the data from others: by what cells say, so that a table is the same as text and as Parquet.</summary>
    private string Fingerprint()
    {
        var fingerprint = new Fingerprint();
        fingerprint.Add(_table.Columns);
        var stage = _table.Begin("the fingerprint is taken", _table.Count);
        for (int row = 0; row < _table.Count; row++)
        {
            stage.Add(1);
            fingerprint.Add(_table[row].Select(cell => CellValue.Canonical(cell, _table.Numbers)));
        }
        return fingerprint.ToString();
    }
}
