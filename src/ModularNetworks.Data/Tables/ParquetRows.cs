using ModularNetworks.Engine;
using Parquet;
using Parquet.Schema;

namespace ModularNetworks.Data;

/// <summary>Reads a Parquet file row by row: one group of rows is in memory at a time, of the chosen columns.</summary>
internal sealed class ParquetRows : TableRows
{
    // A group may say that it has any number of rows, in a few bytes.
    private const long MostCells = 1L << 26;

    private readonly ParquetCheck _check;
    private readonly ParquetReader _reader;
    private readonly DataField[] _fields;
    private readonly ParquetColumn?[] _columns;
    private int _group = -1;
    private int _rows;
    private int _row = -1;
    private long _number;

    /// <summary>Opens a file.</summary>
    /// <param name="stream">The file; stays open.</param>
    /// <param name="source">The name of the table in messages.</param>
    /// <exception cref="DataException">It is damaged, or a column holds lists or structures.</exception>
    public ParquetRows(Stream stream, string source)
        : base(source)
    {
        var options = new ParquetOptions { TreatByteArrayAsString = true };
        _check = new ParquetCheck(stream);
        _reader = Guarded(() => Open(stream, options));
        _fields = [.. Guarded(() => Task.FromResult(_reader.Schema.Fields)).Select(RequirePlain)];
        Headers = [.. _fields.Select(field => OneLine(field.Name).ToString())];
        RequireNames();
        _columns = new ParquetColumn?[_fields.Length];
        Choose([.. Enumerable.Range(0, _fields.Length)]);
    }

    /// <inheritdoc/>
    public override TableDialect? Dialect => null;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Headers { get; }

    /// <inheritdoc/>
    public override int Columns => _fields.Length;

    /// <inheritdoc/>
    public override string Place => "row";

    /// <inheritdoc/>
    public override long Number => _number;

    /// <summary>Whether a file begins as Parquet files do.</summary>
    public static bool IsIn(Stream stream)
    {
        var magic = "PAR1"u8;
        Span<byte> start = stackalloc byte[magic.Length];
        long position = stream.Position;
        int bytes = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = position;
        return bytes == start.Length && start.SequenceEqual(magic);
    }

    /// <inheritdoc/>
    public override void Choose(IReadOnlyCollection<int> columns)
    {
        for (int column = 0; column < _columns.Length; column++)
            _columns[column] = columns.Contains(column) ? ParquetColumn.Of(_fields[column]) : null;
    }

    /// <inheritdoc/>
    public override bool Read()
    {
        for (_row++; _row >= _rows; _row = 0)
        {
            if (++_group >= _reader.RowGroupCount)
                return false;
            Guarded(() => ReadGroup(_group));
        }
        _number++;
        return true;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<char> Cell(int column) => RequirePlain(_columns[column]!.Cell(_row).Trim(), column);

    /// <inheritdoc/>
    protected override string Found(int column) => OneLine(_columns[column]!.Cell(_row)).ToString();

    private Task<ParquetReader> Open(Stream stream, ParquetOptions options)
    {
        _check.Footer();
        stream.Position = 0;
        return ParquetReader.CreateAsync(stream, options, leaveStreamOpen: true);
    }

    private async Task<bool> ReadGroup(int number)
    {
        using var group = _reader.OpenRowGroupReader(number);
        int[] chosen = [.. Enumerable.Range(0, Columns).Where(column => _columns[column] is not null)];
        if (group.RowCount < 0 || group.RowCount > MostCells / Math.Max(chosen.Length, 1))
        {
            throw new DataException(
                $"{Source}: a group of its rows has {Counted.Of(group.RowCount, "row")} of {Counted.Of(chosen.Length, "column")}, more than {MostCells} cells, which is the most that "
                + "is read. Write the file with smaller groups.");
        }
        _rows = (int)group.RowCount;
        foreach (int column in chosen)
        {
            RequireWhole(group, column);
            await _columns[column]!.Read(group, _rows);
        }
        return true;
    }

    private void RequireWhole(ParquetRowGroupReader group, int column)
    {
        var pages = group.GetMetadata(_fields[column])?.MetaData ?? throw new FormatException($"{Named(column)} is missing in a group of rows.");
        if (pages.NumValues != group.RowCount)
            throw new FormatException($"{Named(column)} has {Counted.Of(pages.NumValues, "value")} in a group of {Counted.Of(group.RowCount, "row")}.");
        // A dictionary of values comes before the pages that refer to it.
        long start = pages.DictionaryPageOffset is > 0 and var dictionary ? Math.Min(dictionary, pages.DataPageOffset) : pages.DataPageOffset;
        _check.Pages(start, pages.TotalCompressedSize, pages.Codec);
    }

    private DataField RequirePlain(Field field, int column) =>
        field is DataField { IsArray: false, MaxRepetitionLevel: 0 } plain && ParquetColumn.Of(plain) is not null
            ? plain
            : throw new DataException(
                $"{Source}: column {column + 1} ('{ShownText.Of(field.Name)}') holds lists, structures or bytes; numbers, texts, dates, or true and "
                + "false are expected. Write the file without the column.");

    private T Guarded<T>(Func<Task<T>> read)
    {
        try
        {
            return read().GetAwaiter().GetResult();
        }
        // What a decoder does with damaged bytes is not told by its types.
        catch (Exception cause) when (cause is not DataException)
        {
            string reason = string.Join(' ', cause.Message.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
            throw new DataException($"{Source}: cannot be read as Parquet: {reason} Check that the file is complete.", cause);
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
