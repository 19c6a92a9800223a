using System.Globalization;

namespace ModularNetworks.Data;

/// <summary>Reads the rows of a table one after the other, as the texts that stand in their cells.</summary>
/// <param name="source">The name of the table in messages.</param>
internal abstract class TableRows(string source) : IDisposable
{
    /// <summary>Opens a table: Parquet if the file says so, else text.</summary>
    /// <param name="stream">The file, or the bytes of a pipe, at its beginning; stays open.</param>
    /// <param name="source">The name of the table in messages.</param>
    /// <param name="layout">What is given of the layout of a text; the rest is found.</param>
    /// <param name="howToSay">How to say what cannot be found, in words.</param>
    /// <param name="wrongRow">Is told of rows that are malformed or of another length, which are passed over; null if they are refused.</param>
    /// <exception cref="DataException">The file cannot be read as a table.</exception>
    public static TableRows Open(Stream stream, string source, TableLayout layout, string howToSay, Action<long, DataException>? wrongRow = null)
    {
        bool isPipe = !stream.CanSeek;
        if (isPipe)
            stream = new ReplayedStream(stream, TableDialectDetector.StartBytes);
        if (ParquetRows.IsIn(stream))
        {
            return isPipe
                ? throw new DataException($"{source}: is a Parquet file, which cannot be read from a pipe: its description stands at its end. Give the name of the file.")
                : new ParquetRows(stream, source);
        }
        CompressedFile.Refuse(stream, source, "tables are read as text or as Parquet");
        var (dialect, hasHeader) = new TableDialectDetector(source, layout, howToSay).Detect(stream);
        return new TableReader(stream, source, hasHeader, dialect, wrongRow);
    }

    /// <summary>Says that the file of a table cannot be opened, and what to do.</summary>
    public static DataException Unopened(string path, Exception cause) => UnopenedFile.Because(path, cause, "Give the file of a table, text (CSV) or Parquet.");

    /// <summary>The name of the table in messages.</summary>
    public string Source { get; } = source;

    /// <summary>The signs of a text; null of a file that has none.</summary>
    public abstract TableDialect? Dialect { get; }

    /// <summary>The names of the columns; empty if there are none.</summary>
    public abstract IReadOnlyList<string> Headers { get; }

    /// <summary>The number of columns; 0 until it is known.</summary>
    public abstract int Columns { get; }

    /// <summary>What <see cref="Number"/> counts: lines or rows.</summary>
    public abstract string Place { get; }

    /// <summary>The number of the line or row that was read, from 1.</summary>
    public abstract long Number { get; }

    /// <summary>The format of numbers.</summary>
    public NumberFormatInfo Format => TableDialect.NumbersWith(Dialect?.DecimalSign ?? '.');

    /// <summary>The name of a column; its number from 1 if it has none.</summary>
    /// <param name="column">The column, from 0.</param>
    public string NameOf(int column) =>
        column < Headers.Count && Headers[column].Length > 0 ? Headers[column] : (column + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>Names the only columns that will be asked for, before the first row, so that others need not be read.</summary>
    /// <param name="columns">Their places.</param>
    public virtual void Choose(IReadOnlyCollection<int> columns)
    {
    }

    /// <summary>Reads the next row.</summary>
    /// <returns>False at the end of the table.</returns>
    /// <exception cref="DataException">The row is malformed or has another number of columns than the first, or the file cannot be read.</exception>
    public abstract bool Read();

    /// <summary>The text in a column of the row, without spaces around it; empty if there is none. Valid until the next call.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <exception cref="DataException">It is no valid text, or has control characters.</exception>
    public abstract ReadOnlySpan<char> Cell(int column);

    /// <summary>Says that a column of the row does not hold what it must.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="expected">The expected content, in words.</param>
    /// <param name="fix">A sentence that says what to do.</param>
    public DataException Problem(int column, string expected, string fix) =>
        new($"{Source}: {Place} {Number}, {Named(column)}: {expected} is expected; found '{ShownText.Of(Found(column))}'. {fix}");

    /// <summary>The column in words, with its name.</summary>
    protected string Named(int column) => string.Create(
        CultureInfo.InvariantCulture, $"column {column + 1}{(column < Headers.Count ? $" ('{ShownText.Of(Headers[column])}')" : "")}");

    /// <summary>Checks the names of the columns.</summary>
    /// <exception cref="DataException">One has control characters, so that the file may be no table.</exception>
    protected void RequireNames()
    {
        foreach (var (column, name) in Headers.Index())
        {
            if (name.Any(char.IsControl))
            {
                throw new DataException(
                    $"{Source}: the header's column {column + 1} has control characters: '{ShownText.Of(name)}'. Correct the table, or check that it is "
                    + "a text file.");
            }
        }
    }

    /// <summary>The text of a cell in one line: a line break in it is read as a space.</summary>
    /// <exception cref="DataException">It has control characters.</exception>
    protected ReadOnlySpan<char> RequirePlain(ReadOnlySpan<char> text, int column)
    {
        if (!HasControl(text))
            return text;
        var line = OneLine(text);
        return HasControl(line) ? throw Problem(column, "text without control characters", "Correct the table.") : line;
    }

    /// <summary>A text with spaces for its line breaks.</summary>
    protected static ReadOnlySpan<char> OneLine(ReadOnlySpan<char> text) => text.ContainsAny('\r', '\n')
        ? text.ToString().Replace("\r\n", " ", StringComparison.Ordinal).Replace('\r', ' ').Replace('\n', ' ').AsSpan().Trim()
        : text;

    private static bool HasControl(ReadOnlySpan<char> text) => text.ContainsAnyInRange('\0', '\x1f') || text.ContainsAnyInRange('\x7f', '\x9f');

    /// <summary>What stands in a column of the row, for messages.</summary>
    protected abstract string Found(int column);

    /// <inheritdoc/>
    public abstract void Dispose();
}
