using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using CsvHelper;
using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Reads a table of text row by row; all rows have equally many columns.</summary>
internal sealed class TableReader : TableRows
{
    private const string LabelFix = "Correct the table, or check which of its columns holds the label and whether it has a header.";

    private readonly CsvRows _rows;
    private readonly TableDialect _dialect;
    private readonly Action<long, DataException>? _wrongRow;
    private int _columns;
    private char[] _letters = [];

    /// <summary>Opens a table and reads its header.</summary>
    /// <param name="stream">The table; stays open.</param>
    /// <param name="source">The name of the table in messages.</param>
    /// <param name="hasHeader">Whether the first line holds the names of the columns.</param>
    /// <param name="dialect">Delimiter and decimal sign.</param>
    /// <param name="wrongRow">Is told of rows that are malformed or of another length, which are passed over; null if they are refused.</param>
    /// <exception cref="DataException">The header is malformed, or has control characters.</exception>
    public TableReader(Stream stream, string source, bool hasHeader, TableDialect dialect, Action<long, DataException>? wrongRow = null)
        : base(source)
    {
        (_dialect, _wrongRow) = (dialect, wrongRow);
        _rows = new CsvRows(stream, dialect.Delimiter);
        if (hasHeader && Guarded(_rows.Read))
        {
            // A line without which nobody knows what the columns are.
            if (_rows.Problem is { } problem)
                throw Misplaced(problem);
            Headers = [.. Enumerable.Range(0, _rows.Columns).Select(column => OneLine(Decoded(column)).ToString())];
        }
        _columns = Headers.Count;
        RequireNames();
    }

    /// <inheritdoc/>
    public override TableDialect Dialect => _dialect;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Headers { get; } = [];

    /// <inheritdoc/>
    public override int Columns => _columns;

    /// <inheritdoc/>
    public override string Place => "line";

    /// <inheritdoc/>
    public override long Number => _rows.Line;

    /// <summary>Reads the next row. Empty lines are passed over.</summary>
    /// <returns>False at the end of the table.</returns>
    /// <exception cref="DataException">The row is malformed or has another number of columns than the first line.</exception>
    public override bool Read()
    {
        while (Guarded(_rows.Read))
        {
            if (_rows.Problem is { } problem)
            {
                Tell(problem.Line, Misplaced(problem));
                continue;
            }
            if (_columns == 0)
                _columns = _rows.Columns;
            if (_rows.Columns == _columns)
                return true;
            Tell(Number, OtherLength());
        }
        return false;
    }

    /// <summary>The number in a column of the row.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <exception cref="DataException">There is none, or it is not finite.</exception>
    public float SingleNumber(int column) =>
        float.TryParse(Digits(column), NumberStyles.Float, TableDialect.NumbersWith(_dialect.DecimalSign), out float number)
        && float.IsFinite(number)
            ? number
            : throw Problem(column, _dialect.DecimalSign == ',' ? "a number (decimal comma)" : "a number");

    /// <summary>The whole number in a column of the row.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="most">The largest number that may stand there; the least is 0.</param>
    /// <exception cref="DataException">There is none.</exception>
    public int WholeNumber(int column, int most) =>
        int.TryParse(Digits(column), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && number <= most
            ? number
            : throw Problem(column, $"a whole number of 0 to {most}");

    /// <summary>The text in a column of the row, which must not be empty.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <exception cref="DataException">There is none, it is not valid UTF-8, or it has control characters.</exception>
    public string Text(int column) => Cell(column) is { Length: > 0 } text ? text.ToString() : throw Problem(column, "UTF-8 text");

    /// <inheritdoc/>
    public override ReadOnlySpan<char> Cell(int column) => RequirePlain(Decoded(column), column);

    private ReadOnlySpan<char> Decoded(int column)
    {
        var bytes = _rows.Cell(column);
        if (_letters.Length < bytes.Length)
            _letters = new char[Math.Max(bytes.Length, 2 * _letters.Length)];
        return Utf8.ToUtf16(bytes, _letters, out _, out int letters, replaceInvalidSequences: false) == OperationStatus.Done
            ? _letters.AsSpan(0, letters)
            : throw Problem(column, "UTF-8 text", "Save the table as UTF-8.");
    }

    /// <summary>Says that a column of the row does not hold what it must.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="expected">The expected content, in words.</param>
    public DataException Problem(int column, string expected) => Problem(column, expected, LabelFix);

    /// <inheritdoc/>
    protected override string Found(int column) => OneLine(Encoding.UTF8.GetString(_rows.Cell(column))).ToString();

    private DataException OtherLength()
    {
        int found = _rows.Columns;
        string what = found < _columns ? $"{Named(found)} is missing" : $"column {_columns + 1} is one too many";
        return new DataException(
            $"{Source}: line {Number}, {what}: the line has {Counted.Of(found, "column")}; {_columns} {(_columns == 1 ? "is" : "are")} expected, as in the first line. Correct the line, or check "
            + "that the file is complete.");
    }

    private DataException Misplaced(QuoteProblem quotes)
    {
        if (!quotes.IsText)
            return new DataException($"{Source}: line {quotes.Line}: is not valid UTF-8 text. Check that the file is a text file, and save it as UTF-8.");
        return new DataException($"{Source}: line {quotes.Line}, {Named(quotes.Column - 1)}: " + (quotes.IsOpen
            ? $"its quotes are not closed, in the line or in the {CsvRows.MostBytes >> 20} MiB below it. Close them; a quote within a cell is written twice."
            : "the cell has misplaced quotes. Put the whole cell in quotes, and write a quote within it twice."));
    }

    private void Tell(long number, DataException problem)
    {
        if (_wrongRow is null)
            throw problem;
        _wrongRow(number, problem);
    }

    /// <inheritdoc/>
    public override void Dispose() => _rows.Dispose();

    // .NET takes NUL bytes after a number for its end; in a file they are damage.
    private ReadOnlySpan<byte> Digits(int column) => _rows.Cell(column) is [.., > 0] digits ? digits : [];

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception cause) when (cause is CsvFormatException or IOException or UnauthorizedAccessException)
        {
            string reason = string.Join(' ', cause.Message.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
            throw new DataException(
                $"{Source}: cannot be read as a table with {_dialect}: {reason} Check that it is a text file "
                + "and that its quotes are closed.", cause);
        }
    }
}
