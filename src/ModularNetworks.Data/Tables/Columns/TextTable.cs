using System.Globalization;
using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>The rows of a table as the texts that stand in its file.</summary>
public sealed class TextTable
{
    // Bounds what a file can ask for: a cell is a reference to a text, and equal texts of a column are one.
    private const long MostFileBytes = 4L << 30;
    private const long MostCells = 1L << 27;
    private const int RowsAtOnce = 1 << 10;

    private readonly List<string[]> _rows = [];
    private readonly List<long> _lines = [];
    private readonly Lazy<bool> _isDecimalSignSure;

    private TextTable(TableRows rows, char? decimalSign, DataProgress progress)
    {
        (Source, Dialect, HasHeader, Place, Progress) = (rows.Source, rows.Dialect, rows.Headers.Count > 0, rows.Place, progress);
        DecimalSign = decimalSign ?? Dialect?.DecimalSign ?? '.';
        _isDecimalSignSure = new Lazy<bool>(() => decimalSign is not null || _rows.Any(row => row.Any(cell => NumberForm.DecimalSignOf(cell) == DecimalSign)));
    }

    /// <summary>The file.</summary>
    public string Source { get; }

    /// <summary>The signs that the table was read with; null of a Parquet file, which has none.</summary>
    public TableDialect? Dialect { get; }

    /// <summary>Whether the file holds the names of the columns.</summary>
    public bool HasHeader { get; }

    /// <summary>The names of the columns; without a header their numbers from 1.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>The number of rows.</summary>
    public int Count => _rows.Count;

    /// <summary>The cells of a row, <c>[columns]</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no row of this number.</exception>
    public IReadOnlyList<string> this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)_rows.Count, nameof(row));
            return _rows[row];
        }
    }

    /// <summary>What the numbers of rows count: lines or rows.</summary>
    private string Place { get; }

    /// <summary>Is told how the work on the table goes on, and ends it.</summary>
    private DataProgress Progress { get; }

    /// <summary>What to do about a wrong row, in words without a full stop.</summary>
    internal string WayOn => $"Correct or remove the {Place}";

    /// <summary>The format of the table's numbers.</summary>
    internal NumberFormatInfo Numbers => TableDialect.NumbersWith(Dialect?.DecimalSign ?? '.');

    /// <summary>The decimal sign of numbers: that which is given or found, else a point.</summary>
    internal char DecimalSign { get; }

    /// <summary>Whether the decimal sign is given, or a number shows it that can be read in no other way.</summary>
    internal bool IsDecimalSignSure => _isDecimalSignSure.Value;

    /// <summary>Reads a table.</summary>
    /// <param name="path">The file, text or Parquet, of at most 4 GiB and 134 million cells.</param>
    /// <param name="layout">What is given of its layout; all is found if null.</param>
    /// <param name="progress">Is told how the reading goes on, and ends it, also when vectors are made of the rows; null if nobody is.</param>
    /// <exception cref="DataException">
    /// The file is missing, cannot be read, has no rows, rows of different lengths, broken text, or first rows that do not show its signs
    /// beyond doubt.
    /// </exception>
    public static TextTable Read(string path, TableLayout? layout = null, DataProgress? progress = null) => Read(path, layout, progress, look: null);

    /// <summary>As the public method; if rows are damaged, somebody may look for more of them in the others before the table is refused.</summary>
    internal static TextTable Read(string path, TableLayout? layout, DataProgress? progress, Action<TextTable, DamagedRows>? look)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var stream = RegularFile.Open(path, MostFileBytes);
            return Read(stream, path, layout ?? new TableLayout(), MostCells, progress, look);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw TableRows.Unopened(path, cause);
        }
    }

    /// <summary>Reads a table of so many cells at most.</summary>
    internal static TextTable Read(
        Stream stream, string source, TableLayout layout, long mostCells, DataProgress? progress = null, Action<TextTable, DamagedRows>? look = null)
    {
        var damaged = new DamagedRows();
        using var rows = TableRows.Open(stream, source, layout, "give --set delimiter=... or --set decimalSign=...", damaged.Add);
        var table = new TextTable(rows, layout.DecimalSign, progress ?? DataProgress.None);
        RequireDifferent(rows);
        var known = new Dictionary<string, string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        var stage = table.Begin("the table is read", stream.Length);
        long place = 0;
        while (!damaged.IsFull && rows.Read())
        {
            if (table.Count % RowsAtOnce == 0)
            {
                stage.Add(stream.Position - place);
                place = stream.Position;
            }
            if ((table.Count + 1L) * rows.Columns > mostCells)
                throw new DataException($"{source}: has more than {mostCells} cells, which is the most that is read. Use a smaller table.");
            table.Add(rows, known, damaged);
        }
        table.Columns = [.. Enumerable.Range(0, rows.Columns).Select(rows.NameOf)];
        if (damaged.Any)
            look?.Invoke(table, damaged);
        damaged.Refuse();
        return table.Count > 0 ? table : throw TableDialectDetector.NoRows(source);
    }

    private void Add(TableRows rows, Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> known, DamagedRows damaged)
    {
        string[] row = new string[rows.Columns];
        try
        {
            for (int column = 0; column < row.Length; column++)
                row[column] = OneOf(known, rows.Cell(column));
        }
        catch (DataException problem)
        {
            damaged.Add(rows.Number, problem);
            return;
        }
        _rows.Add(row);
        _lines.Add(rows.Number);
    }

    /// <summary>Begins a stage of the work on the table.</summary>
    /// <param name="purpose">What is done, in words.</param>
    /// <param name="total">The work to do.</param>
    internal DataStage Begin(string purpose, long total) => Progress.Begin($"{Source}: {purpose}", total);

    /// <summary>The place of a column: by its name, else by its number from 1.</summary>
    /// <param name="name">The name or number.</param>
    /// <param name="purpose">What the column is wanted for, in words.</param>
    /// <exception cref="DataException">No column or several are called so.</exception>
    public int FindColumn(string name, string purpose)
    {
        ArgumentNullException.ThrowIfNull(name);
        int[] named = [.. Enumerable.Range(0, Columns.Count).Where(column => Columns[column] == name)];
        if (named.Length == 1)
            return named[0];
        if (named.Length == 0 && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number >= 1 && number <= Columns.Count)
            return number - 1;
        string found = name.Length == 0 ? "is not given" : $"'{ShownText.Of(name)}' is {(named.Length == 0 ? "no column" : $"the name of {Counted.Of(named.Length, "column")}")}";
        string noNames = HasHeader || Dialect is null ? "" : "The first line was not taken for names of columns; --set header=yes takes it. ";
        throw new DataException(
            $"{Source}: {purpose} {found}. {noNames}Give the name of a column, or its number from 1 to {Columns.Count}: {ShownNames()}.");
    }

    /// <summary>The number of a row's line, or of the row in a file without lines, from 1.</summary>
    internal long NumberOf(int row) => _lines[row];

    /// <summary>Says that a cell does not hold what it must.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column, from 0.</param>
    /// <param name="expected">The expected content, in words.</param>
    /// <param name="fix">A sentence that says what to do.</param>
    internal DataException Problem(int row, int column, string expected, string fix) => new(
        $"{Source}: {Place} {_lines[row]}, column {column + 1} ('{ShownText.Of(Columns[column])}'): {expected} is expected; found "
        + $"'{ShownText.Of(_rows[row][column])}'. {fix}");

    private string ShownNames()
    {
        const int Most = 12;
        string names = string.Join(", ", Columns.Take(Most).Select(ShownText.Of));
        return Columns.Count > Most ? $"{names} and {Columns.Count - Most} more" : names;
    }

    private static void RequireDifferent(TableRows rows)
    {
        var same = rows.Headers.Index().Where(header => header.Item.Length > 0).GroupBy(header => header.Item, StringComparer.Ordinal).FirstOrDefault(names => names.Count() > 1);
        if (same is not null)
        {
            string places = string.Join(" and ", same.Select(header => header.Index + 1));
            throw new DataException(
                $"{rows.Source}: columns {places} have the same name '{ShownText.Of(same.Key)}'; each column needs one of its own. Give them other names.");
        }
    }

    // Most texts of most tables occur often.
    private static string OneOf(Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> known, ReadOnlySpan<char> text)
    {
        const int Most = 1 << 16;
        if (known.TryGetValue(text, out string? same))
            return same;
        string made = text.ToString();
        if (known.Dictionary.Count < Most)
            known.Dictionary.Add(made, made);
        return made;
    }
}
