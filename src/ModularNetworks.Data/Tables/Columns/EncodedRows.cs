using System.Globalization;
using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Reads the rows of a table one after the other as the vectors of a fitted encoding, in constant memory.</summary>
public sealed class EncodedRows : IDisposable
{
    private const string HowToSay = "train on a table with that sign given (--set delimiter=..., --set decimalSign=...)";

    private readonly Stream _stream;
    private readonly TableRows _rows;
    private readonly TableEncoding _encoding;
    private readonly Action<DataException> _wrongRow;
    private int[]? _places;

    private EncodedRows(Stream stream, string source, TableEncoding encoding, TableLayout layout, Action<DataException> wrongRow)
    {
        (_stream, _encoding, _wrongRow) = (stream, encoding, wrongRow);
        _rows = TableRows.Open(stream, source, layout, HowToSay, (_, problem) => wrongRow(problem));
        if (_rows.Headers.Count > 0)
            Choose([.. encoding.Columns.Select(PlaceByName)]);
    }

    /// <summary>What <see cref="Number"/> counts: <c>line</c>, or of a Parquet file <c>row</c>.</summary>
    public string Place => _rows.Place;

    /// <summary>The number of the line or row that was read, from 1.</summary>
    public long Number => _rows.Number;

    /// <summary>Opens a table. Its columns are found by their names, in any order; without names they stand as in the table of the training,
    /// with or without the target.</summary>
    /// <param name="path">The file: text, or Parquet.</param>
    /// <param name="encoding">The encoding.</param>
    /// <param name="layout">What is given of the layout of a text; the rest is found.</param>
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
            throw TableRows.Unopened(path, cause);
        }
    }

    /// <summary>Begins with a table that a stream gives, which need not be able to seek, as <see cref="Open(string, TableEncoding, TableLayout, Action{DataException})"/> does.</summary>
    /// <param name="stream">The bytes of a text; closed with this.</param>
    /// <param name="source">The name of the table in messages.</param>
    /// <param name="encoding">The encoding.</param>
    /// <param name="layout">What is given of the layout of a text; the rest is found.</param>
    /// <param name="wrongRow">Is told of each row that cannot be read, which is passed over.</param>
    /// <exception cref="DataException">The stream cannot be read, or lacks a column.</exception>
    public static EncodedRows Open(Stream stream, string source, TableEncoding encoding, TableLayout layout, Action<DataException> wrongRow)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(wrongRow);
        try
        {
            return new EncodedRows(stream, source, encoding, layout, wrongRow);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{source}: cannot be read: {cause.Message}", cause);
        }
    }

    /// <summary>Reads the next row.</summary>
    /// <param name="features">Receives its vector, <c>[features]</c>.</param>
    /// <returns>False at the end of the table.</returns>
    /// <exception cref="DataException">The table has another number of columns than the training's, or cannot be read on.</exception>
    public bool Read(Span<float> features)
    {
        while (_rows.Read())
        {
            if (_places is null)
                Choose(PlacesByNumber());
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
            int wrong = _encoding.Encode(column => _places![column] < 0 ? [] : _rows.Cell(_places[column]), _rows.Format, features);
            if (wrong < 0)
                return null;
            int place = _places![wrong];
            return _rows.Problem(place, _encoding.Columns[wrong].Expected(_rows.Cell(place), _rows.Format), "Correct the row.");
        }
        catch (DataException problem)
        {
            return problem;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows.Dispose();
        _stream.Dispose();
    }

    private void Choose(int[] places)
    {
        _places = places;
        _rows.Choose([.. places.Where(place => place >= 0)]);
    }

    // What is left out need not be there, nor be read.
    private int PlaceByName(TableColumn column) => column.Features() == 0 ? -1 : NamedColumn.PlaceOf(
        _rows.Source, Enumerable.Range(0, _rows.Headers.Count).Select(_rows.NameOf), column.Name,
        _rows.Dialect is null ? "Check the names of its columns." : "Check the names in its first line.");

    private int[] PlacesByNumber()
    {
        int columns = _encoding.Columns.Count;
        if (_rows.Columns == columns)
            return [.. Enumerable.Range(0, columns)];
        int[] numbers = [.. _encoding.Columns.Select(
            column => int.TryParse(column.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number - 1 : columns + 1)];
        return _rows.Columns == columns + 1 && numbers.All(number => number <= columns)
            ? numbers
            : throw new DataException(
                $"{_rows.Source}: has {Counted.Of(_rows.Columns, "column")} without names; {columns} {(columns == 1 ? "is" : "are")} expected, as in the training. Give their names in the first line.");
    }
}
