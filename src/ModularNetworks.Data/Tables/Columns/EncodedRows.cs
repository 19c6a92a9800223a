using System.Globalization;
using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Reads the rows of a table one after the other as the vectors of a fitted encoding, in constant memory.</summary>
public sealed class EncodedRows : IDisposable
{
    private const string HowToSay = "train on a table with that sign given (--set delimiter=..., --set decimalSign=...)";

    private readonly string _source;
    private readonly Stream _stream;
    private readonly TableReader _reader;
    private readonly TableEncoding _encoding;
    private readonly NumberFormatInfo _format;
    private readonly Action<DataException> _wrongRow;
    private int[]? _places;

    private EncodedRows(Stream stream, string source, TableEncoding encoding, TableLayout layout, Action<DataException> wrongRow)
    {
        var (dialect, hasHeader) = new TableDialectDetector(source, layout, HowToSay).Detect(stream);
        (_source, _stream, _encoding, _wrongRow) = (source, stream, encoding, wrongRow);
        _format = TableDialect.NumbersWith(dialect.DecimalSign);
        _reader = new TableReader(stream, source, hasHeader, dialect, wrongRow);
        if (hasHeader)
            _places = [.. encoding.Columns.Select(PlaceByName)];
    }

    /// <summary>The line in the file of the row that was read, from 1.</summary>
    public long Line => _reader.Line;

    /// <summary>Opens a table. Its columns are found by their names, in any order; without names they stand as in the table of the training,
    /// with or without the target.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">The encoding.</param>
    /// <param name="layout">What is given of its layout; the rest is found.</param>
    /// <param name="wrongRow">Is told of each row that cannot be read, which is passed over.</param>
    /// <exception cref="DataException">The file cannot be read, or lacks a column.</exception>
    public static EncodedRows Open(string path, TableEncoding encoding, TableLayout layout, Action<DataException> wrongRow)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(wrongRow);
        try
        {
            return new EncodedRows(RegularFile.Open(path, long.MaxValue), path, encoding, layout, wrongRow);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be opened: {cause.Message}", cause);
        }
    }

    /// <summary>Reads the next row.</summary>
    /// <param name="features">Receives its vector, <c>[features]</c>.</param>
    /// <returns>False at the end of the table.</returns>
    /// <exception cref="DataException">The table has another number of columns than the training's, or cannot be read on.</exception>
    public bool Read(Span<float> features)
    {
        while (_reader.Read())
        {
            _places ??= PlacesByNumber();
            if (Encode(features) is not { } problem)
                return true;
            _wrongRow(problem);
        }
        return false;
    }

    /// <summary>Makes the vector of the row that was read.</summary>
    /// <returns>What is wrong with the row; null if nothing is.</returns>
    private DataException? Encode(Span<float> features)
    {
        try
        {
            int wrong = _encoding.Encode(column => _places![column] < 0 ? "" : _reader.Cell(_places[column]), _format, features);
            return wrong < 0 ? null : _reader.Problem(_places![wrong], _encoding.Columns[wrong].Expected());
        }
        catch (DataException problem)
        {
            return problem;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }

    private int PlaceByName(TableColumn column)
    {
        int[] named = [.. Enumerable.Range(0, _reader.Headers.Count).Where(place => _reader.Headers[place] == column.Name)];
        return named switch
        {
            [var place] => place,
            _ when column.Features() == 0 => -1,
            _ => throw new DataException(
                $"{_source}: {(named.Length == 0 ? "no column is" : $"{named.Length} columns are")} called '{ShownText.Of(column.Name)}'; one is expected, as in the "
                + "training. Check the names in its first line."),
        };
    }

    private int[] PlacesByNumber()
    {
        int columns = _encoding.Columns.Count;
        if (_reader.Columns == columns)
            return [.. Enumerable.Range(0, columns)];
        int[] numbers = [.. _encoding.Columns.Select(
            column => int.TryParse(column.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number - 1 : columns + 1)];
        return _reader.Columns == columns + 1 && numbers.All(number => number <= columns)
            ? numbers
            : throw new DataException(
                $"{_source}: has {_reader.Columns} columns without names; {columns} are expected, as in the training. Give their names in the first line.");
    }
}
