using System.Text;

namespace ModularNetworks.Data;

/// <summary>A cell of a sample.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Column">Its column, from 1.</param>
/// <param name="Text">Its content.</param>
/// <param name="IsQuoted">Whether it stands in quotes, so that a delimiter in it is text.</param>
internal sealed record SampleCell(long Line, int Column, string Text, bool IsQuoted);

/// <summary>The first rows of a table, as one delimiter cuts them. Rows with misplaced quotes are left out.</summary>
internal sealed class TableSample
{
    private const int MostRows = 100;

    private readonly List<SampleCell[]> _rows = [];

    private TableSample(char delimiter) => Delimiter = delimiter;

    /// <summary>The delimiter.</summary>
    public char Delimiter { get; }

    /// <summary>The number of columns of the first row; 0 if there is no row.</summary>
    public int Columns => _rows.Count == 0 ? 0 : _rows[0].Length;

    /// <summary>The number of rows that have as many columns as the first.</summary>
    public int EvenRows => _rows.Count(row => row.Length == Columns);

    /// <summary>
    /// Whether the delimiter may be that of the table: it cuts the first row into several columns and, as some rows may be damaged, at
    /// least half of all rows into as many.
    /// </summary>
    public bool IsPlausible => Columns > 1 && 2 * EvenRows >= _rows.Count;

    /// <summary>The number of columns into which the rows below the first are cut; 0 if they are not cut evenly, or there are none.</summary>
    public int ColumnsBelow => _rows.Count > 1 && _rows.Skip(1).All(row => row.Length == _rows[1].Length) ? _rows[1].Length : 0;

    /// <summary>The cells of the first row; none if there is no row.</summary>
    public IReadOnlyList<SampleCell> FirstRow => _rows.Count == 0 ? [] : _rows[0];

    /// <summary>The cells, row by row, without those of the header.</summary>
    /// <param name="hasHeader">Whether the first row is one.</param>
    public IEnumerable<SampleCell> Cells(bool hasHeader) => _rows.Skip(hasHeader ? 1 : 0).SelectMany(row => row);

    /// <summary>Cuts the start of a table.</summary>
    /// <param name="start">The bytes of the start.</param>
    /// <param name="isWhole">Whether the table ends there; if not, its last row is not whole.</param>
    /// <param name="delimiter">The delimiter.</param>
    public static TableSample Of(byte[] start, bool isWhole, char delimiter)
    {
        var sample = new TableSample(delimiter);
        using var stream = new MemoryStream(start);
        using var rows = new CsvRows(stream, delimiter);
        bool isCut = false;
        while (sample._rows.Count < MostRows && rows.Read())
        {
            // Of a cell that goes on behind the sample, the lines are no rows.
            isCut |= !isWhole && rows.Problem is { ReachesEnd: true };
            if (rows.Problem is null && (!isCut || rows.Columns == sample.Columns))
                sample._rows.Add([.. Enumerable.Range(0, rows.Columns).Select(column => CellOf(rows, column))]);
        }
        if (!isWhole && sample._rows.Count is > 1 and < MostRows)
            sample._rows.RemoveAt(sample._rows.Count - 1);
        return sample;
    }

    private static SampleCell CellOf(CsvRows rows, int column) =>
        new(rows.Line, column + 1, Encoding.UTF8.GetString(rows.Cell(column)), rows.IsQuoted(column));
}
