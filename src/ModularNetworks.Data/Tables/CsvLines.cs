using CsvHelper;

namespace ModularNetworks.Data;

/// <summary>The lines of a text, each cut into cells; empty lines are passed over.</summary>
internal sealed class CsvLines : IDisposable
{
    // Far above what a row of numbers needs; a file without line ends is refused before it fills the memory.
    private const int MostLineBytes = 16 << 20;

    private readonly CsvReader _reader;
    private readonly long _linesBefore;

    /// <summary>Begins to read a text.</summary>
    /// <param name="stream">The text; stays open.</param>
    /// <param name="delimiter">What stands between columns.</param>
    public CsvLines(Stream stream, char delimiter) => _reader = CsvReader.Create(stream, Options(delimiter), leaveOpen: true);

    /// <summary>Begins to read a part of a text.</summary>
    /// <param name="part">The part, in UTF-8.</param>
    /// <param name="delimiter">What stands between columns.</param>
    /// <param name="linesBefore">The number of lines before it.</param>
    /// <param name="isRow">Whether its lines are one row, so that line breaks in quotes are text.</param>
    public CsvLines(ReadOnlyMemory<byte> part, char delimiter, long linesBefore, bool isRow)
    {
        _reader = CsvReader.Create(part, Options(delimiter) with { AllowLineBreaksInQuotes = isRow, Encoding = System.Text.Encoding.UTF8 });
        _linesBefore = linesBefore;
    }

    /// <summary>The number of the line, from 1; of several lines that of the first.</summary>
    public long Number => _linesBefore + _reader.LineNumber;

    /// <summary>The number of its columns.</summary>
    public int Columns => _reader.FieldCount;

    /// <summary>The line, if quotes in it are misplaced or not closed; else null.</summary>
    public string? Malformed { get; private set; }

    /// <summary>The bytes of the line, in UTF-8.</summary>
    public ReadOnlySpan<byte> Bytes => _reader.RawRecord;

    /// <summary>Reads the next line.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="CsvFormatException">It is too long.</exception>
    public bool Read()
    {
        Malformed = null;
        return _reader.Read();
    }

    /// <summary>The bytes of a cell, without its quotes.</summary>
    /// <param name="column">The column, from 0.</param>
    public ReadOnlySpan<byte> Cell(int column) => _reader.GetSpan(column);

    /// <summary>Whether a cell stands in quotes.</summary>
    /// <param name="column">The column, from 0.</param>
    public bool IsQuoted(int column) => _reader.GetRawSpan(column).TrimStart(" \t"u8).StartsWith((byte)'"');

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private CsvReaderOptions Options(char delimiter) => new()
    {
        Separator = delimiter,
        HasHeader = false,
        TrimWhitespace = true,
        AllowLineBreaksInQuotes = false,
        OnMalformedRecord = record => Malformed = record.RawRecord,
        MaxRecordSize = MostLineBytes,
        TrackLineNumbers = true,
    };
}
