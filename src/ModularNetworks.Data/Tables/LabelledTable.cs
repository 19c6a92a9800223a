using System.Globalization;
using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Rows of numbers, the features, each row with the label of its class.</summary>
public sealed class LabelledTable
{
    // Bounds what a file can ask for. In a file, a number has up to a dozen letters and its comma.
    private const long MostBytes = 4L << 30;
    private const long MostFileBytes = 4 * MostBytes;

    private readonly float[][] _rows;
    private readonly int[] _labels;

    private LabelledTable(TableDialect dialect, string[] features, float[][] rows, int[] labels, string[] classes)
    {
        Dialect = dialect;
        Features = features;
        _rows = rows;
        _labels = labels;
        Classes = classes;
    }

    /// <summary>The signs that the table was read with: given ones, or those that its first rows show.</summary>
    public TableDialect Dialect { get; }

    /// <summary>The number of rows.</summary>
    public int Count => _rows.Length;

    /// <summary>
    /// The names of the columns other than the label's, <c>[features]</c>; without a header their numbers from 1.
    /// </summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>The names of the classes; a label is a place in this list.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The number of each row's class, <c>[rows]</c>.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>The numbers of a row, <c>[features]</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no row of this number.</exception>
    public ReadOnlySpan<float> this[int row] => (uint)row < (uint)_rows.Length ? _rows[row] : throw new ArgumentOutOfRangeException(
        nameof(row), $"LabelledTable: row {row} is wanted; there are 0 to {_rows.Length - 1}.");

    /// <summary>
    /// Reads a table: one of its columns holds the label, a whole number or a word, all others numbers.
    /// </summary>
    /// <param name="path">The file, of at most 4 GiB of numbers in memory.</param>
    /// <param name="format">The layout of the file; the defaults of <see cref="TableFormat"/> if null.</param>
    /// <param name="classes">
    /// The classes, such as those of the training table when the test table is read. If null, the different labels of this
    /// table are, in numeric order if all are whole numbers and in ordinal order otherwise.
    /// </param>
    /// <exception cref="DataException">
    /// The file is missing, cannot be read, has no rows, no such label column, something else than is expected in a column, or first rows
    /// that do not show its dialect beyond doubt.
    /// </exception>
    public static LabelledTable Read(string path, TableFormat? format = null, IReadOnlyList<string>? classes = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var stream = RegularFile.Open(path, MostFileBytes);
            return Read(stream, path, format ?? new TableFormat(), classes, MostBytes);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw TableRows.Unopened(path, cause);
        }
    }

    /// <summary>Reads a table of so many bytes of numbers at most.</summary>
    internal static LabelledTable Read(
        Stream stream, string source, TableFormat format, IReadOnlyList<string>? classes, long mostBytes)
    {
        var dialect = format.Dialect
            ?? new TableDialectDetector(source, new TableLayout(HasHeader: format.HasHeader), "give a TableDialect in the TableFormat").Detect(stream).Dialect;
        using var reader = new TableReader(stream, source, format.HasHeader, dialect);
        var rows = new List<float[]>();
        var labels = new LabelColumn(classes);
        int labelColumn = -1;
        while (reader.Read())
        {
            if (rows.Count == 0)
                labelColumn = FindLabel(reader, source, format.LabelColumn);
            if ((rows.Count + 1L) * reader.Columns * sizeof(float) > mostBytes)
            {
                throw new DataException(
                    $"{source}: has more than {mostBytes} bytes of numbers, which is the most that is read. Use a smaller "
                    + "table.");
            }
            labels.Add(reader, labelColumn);
            rows.Add(ReadFeatures(reader, labelColumn));
        }
        if (rows.Count == 0)
            throw TableDialectDetector.NoRows(source);
        string[] names = labels.ToClasses(out int[] numbers);
        return new LabelledTable(dialect, NameFeatures(reader, labelColumn), [.. rows], numbers, names);
    }

    private static int FindLabel(TableReader reader, string source, string? label)
    {
        if (reader.Columns < 2)
        {
            throw new DataException(
                $"{source}: has {reader.Columns} column; at least two are expected, numbers and a label. Check that commas, semicolons, tabs or "
                + "bars stand between its columns.");
        }
        if (label is null)
            return reader.Columns - 1;
        int[] named = [.. Enumerable.Range(0, reader.Headers.Count).Where(column => reader.Headers[column] == label)];
        if (named.Length == 1)
            return named[0];
        if (named.Length == 0 && int.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number >= 1 && number <= reader.Columns)
            return number - 1;
        throw new DataException(
            $"{source}: the label column '{label}' is {(named.Length == 0 ? "none" : $"the name of {named.Length}")} of its "
            + $"columns; give the name of one column in the header, or a number of 1 to {reader.Columns}.");
    }

    private static float[] ReadFeatures(TableReader reader, int labelColumn)
    {
        var numbers = new float[reader.Columns - 1];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = reader.SingleNumber(i < labelColumn ? i : i + 1);
        return numbers;
    }

    private static string[] NameFeatures(TableReader reader, int labelColumn)
    {
        var names = reader.Headers.Count > 0
            ? reader.Headers
            : [.. Enumerable.Range(1, reader.Columns).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        return [.. names.Where((_, column) => column != labelColumn)];
    }
}
