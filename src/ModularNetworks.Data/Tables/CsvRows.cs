using System.Buffers;
using System.Text.Unicode;

namespace ModularNetworks.Data;

/// <summary>
/// Cuts a text into rows and these into cells, by the rules of RFC 4180: a cell in quotes may have several lines. If the quotes of a line are not
/// closed as they must be, the line alone is no row, and the lines below it are read as if it were not there.
/// </summary>
internal sealed class CsvRows : IDisposable
{
    /// <summary>The most bytes of a row of several lines: quotes that are never closed must not make a cell of the rest of the file.</summary>
    public const int MostBytes = 1 << 20;

    private readonly char _delimiter;
    private readonly CsvLines _file;
    private readonly ArrayBufferWriter<byte> _text = new();
    private CsvLines? _again;
    private CsvLines? _row;
    private CsvLines _current;
    private bool _isHeld;

    /// <summary>Begins to read a text; the stream stays open.</summary>
    /// <param name="stream">The text.</param>
    /// <param name="delimiter">What stands between columns.</param>
    public CsvRows(Stream stream, char delimiter)
    {
        _delimiter = delimiter;
        _current = _file = new CsvLines(stream, delimiter);
    }

    /// <summary>The number of the row's first line, from 1.</summary>
    public long Line => _current.Number;

    /// <summary>The number of the row's columns.</summary>
    public int Columns => _current.Columns;

    /// <summary>What is wrong with the quotes of the line that was read, which is no row then; null if nothing is.</summary>
    public QuoteProblem? Problem { get; private set; }

    /// <summary>The bytes of a cell, without its quotes.</summary>
    /// <param name="column">The column, from 0.</param>
    public ReadOnlySpan<byte> Cell(int column) => _current.Cell(column);

    /// <summary>Whether a cell stands in quotes.</summary>
    /// <param name="column">The column, from 0.</param>
    public bool IsQuoted(int column) => _current.IsQuoted(column);

    /// <summary>Reads the next row. Empty lines are passed over.</summary>
    /// <returns>False at the end of the text.</returns>
    /// <exception cref="CsvHelper.CsvFormatException">A line is too long.</exception>
    public bool Read()
    {
        Problem = null;
        if (!ReadLine())
            return false;
        if (_current.Malformed is { } line)
            ReadQuoted(line);
        return true;
    }

    /// <summary>Reads the next line: of those that are read again, then the one below them, which was read already, then of the file.</summary>
    private bool ReadLine()
    {
        if (_again is not null)
        {
            _current = _again;
            if (_again.Read())
                return true;
            _again.Dispose();
            _again = null;
        }
        bool isHeld = _isHeld;
        (_current, _isHeld) = (_file, false);
        return isHeld || _file.Read();
    }

    private void ReadQuoted(string line)
    {
        long number = Line;
        bool isText = Utf8.IsValid(_current.Bytes);
        var (column, isOpen) = MisplacedQuote.In(line, _delimiter);
        // Lines that are read again have quotes in pairs, so that none is open.
        if (!isOpen || _current != _file)
            Problem = new QuoteProblem(number, column, isOpen, ReachesEnd: false, isText);
        else if (!TryClose(number))
            Problem = new QuoteProblem(number, column, isOpen, ReachesEnd: !_isHeld, isText);
    }

    /// <summary>Looks for the end of the quotes that a line of the file opens in the lines below.</summary>
    /// <returns>Whether the lines up to there are one row. If not, those below the first are read again.</returns>
    private bool TryClose(long first)
    {
        _text.ResetWrittenCount();
        _text.Write(_file.Bytes);
        int below = _text.WrittenCount + 1, end;
        long last = first;
        do
        {
            end = _text.WrittenCount;
            _isHeld = _file.Read();
        }
        while (_isHeld && TryAppend(ref last) && int.IsEvenInteger(_file.Bytes.Count((byte)'"')));
        if (_text.WrittenCount > end && IsRow(first))
        {
            _isHeld = false;
            return true;
        }
        if (end > below)
            _again = new CsvLines(_text.WrittenMemory[below..end], _delimiter, first, isRow: false);
        return false;
    }

    /// <summary>Adds the line of the file to those above it.</summary>
    /// <returns>False if they would be too many bytes.</returns>
    private bool TryAppend(ref long last)
    {
        // Empty lines were passed over.
        long breaks = _file.Number - last;
        if (_text.WrittenCount + breaks + _file.Bytes.Length > MostBytes)
            return false;
        _text.GetSpan((int)breaks)[..(int)breaks].Fill((byte)'\n');
        _text.Advance((int)breaks);
        _text.Write(_file.Bytes);
        last = _file.Number;
        return true;
    }

    private bool IsRow(long first)
    {
        _row?.Dispose();
        _current = _row = new CsvLines(_text.WrittenMemory, _delimiter, first - 1, isRow: true);
        return _row.Read() && _row.Malformed is null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _row?.Dispose();
        _again?.Dispose();
        _file.Dispose();
    }
}
