using System.Globalization;
using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace ModularNetworks.Data;

/// <summary>Reads a table row by row; all rows have equally many columns.</summary>
internal sealed class TableReader : IDisposable
{
    private readonly CsvReader _reader;
    private readonly string _source;
    private readonly TableDialect _dialect;
    private readonly Action<DataException>? _wrongRow;
    private readonly Queue<long> _skippedLines = [];

    /// <summary>Opens a table and reads its header.</summary>
    /// <param name="stream">The table; stays open.</param>
    /// <param name="source">The name of the table in messages.</param>
    /// <param name="hasHeader">Whether the first line holds the names of the columns.</param>
    /// <param name="dialect">Delimiter and decimal sign.</param>
    /// <param name="wrongRow">Is told of rows that are malformed or of another length, which are passed over; null if they are refused.</param>
    /// <exception cref="DataException">The header is malformed, or has control characters.</exception>
    public TableReader(Stream stream, string source, bool hasHeader, TableDialect dialect, Action<DataException>? wrongRow = null)
    {
        (_source, _dialect, _wrongRow) = (source, dialect, wrongRow);
        _reader = wrongRow is null
            ? TableParser.Open(stream, dialect.Delimiter, hasHeader, CsvMalformedDataHandling.Throw)
            : TableParser.Open(stream, dialect.Delimiter, hasHeader, CsvMalformedDataHandling.Skip, _skippedLines.Enqueue);
        Headers = Guarded(() => _reader.Headers.ToArray());
        Columns = Headers.Count;
        if (Headers.Index().FirstOrDefault(header => header.Item.Any(char.IsControl)) is (var column, { } name))
        {
            throw new DataException(
                $"{source}: the header's column {column + 1} has control characters: '{ShownText.Of(name)}'. Correct the table, or check that it is "
                + "a text file.");
        }
    }

    /// <summary>The names of the columns; empty if there is no header.</summary>
    public IReadOnlyList<string> Headers { get; }

    /// <summary>The number of the row's line in the file, from 1.</summary>
    public long Line => _reader.LineNumber;

    /// <summary>The number of columns; 0 until it is known.</summary>
    public int Columns { get; private set; }

    /// <summary>Reads the next row. Empty lines are passed over.</summary>
    /// <returns>False at the end of the table.</returns>
    /// <exception cref="DataException">The row is malformed or has another number of columns than the first line.</exception>
    public bool Read()
    {
        while (Guarded(_reader.Read))
        {
            TellSkippedLines();
            if (Columns == 0)
                Columns = _reader.FieldCount;
            if (_reader.FieldCount == Columns)
                return true;
            Tell(new DataException(
                $"{_source}: line {_reader.LineNumber} has {_reader.FieldCount} columns; {Columns} are expected, as in the first "
                + "line. Correct the line, or check that the file is complete."));
        }
        TellSkippedLines();
        return false;
    }

    /// <summary>The number in a column of the row.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <exception cref="DataException">There is none, or it is not finite.</exception>
    public float Number(int column) =>
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

    /// <summary>The text in a column of the row.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <exception cref="DataException">There is none, it is not valid UTF-8, or it has control characters.</exception>
    public string Text(int column) => Cell(column) is { Length: > 0 } text ? text : throw Problem(column, "UTF-8 text");

    /// <summary>The text in a column of the row, which may be empty.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <exception cref="DataException">It is not valid UTF-8, or it has control characters.</exception>
    public string Cell(int column)
    {
        var bytes = _reader.GetSpan(column);
        if (!Utf8.IsValid(bytes))
            throw Problem(column, "UTF-8 text");
        string text = Encoding.UTF8.GetString(bytes);
        return text.Any(char.IsControl) ? throw Problem(column, "text without control characters") : text;
    }

    /// <summary>Says that a column of the row does not hold what it must.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="expected">The expected content, in words.</param>
    public DataException Problem(int column, string expected)
    {
        string name = Headers.Count == 0 ? "" : $" ('{ShownText.Of(Headers[column])}')";
        string found = ShownText.Of(Encoding.UTF8.GetString(_reader.GetSpan(column)));
        return new DataException(
            $"{_source}: line {_reader.LineNumber}, column {column + 1}{name}: {expected} is expected; found '{found}'. Correct "
            + "the table, or check which of its columns holds the label and whether it has a header.");
    }

    private void TellSkippedLines()
    {
        while (_skippedLines.TryDequeue(out long line))
            Tell(new DataException($"{_source}: line {line} has misplaced quotes. Correct the line, or check that its quotes are closed."));
    }

    private void Tell(DataException problem)
    {
        if (_wrongRow is null)
            throw problem;
        _wrongRow(problem);
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    // .NET takes NUL bytes after a number for its end; in a file they are damage.
    private ReadOnlySpan<byte> Digits(int column) => _reader.GetSpan(column) is [.., > 0] digits ? digits : [];

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
                $"{_source}: cannot be read as a table with {_dialect}: {reason} Check that it is a text file "
                + "and that its quotes are closed.", cause);
        }
    }
}
