namespace ModularNetworks.Engine;

/// <summary>Vectors that are an array each.</summary>
internal sealed class ArrayRows : VectorRows
{
    private readonly float[][] _rows;

    /// <summary>Takes the arrays.</summary>
    /// <param name="rows"><c>[rows][features]</c>.</param>
    /// <exception cref="ArgumentException">There is no row, or rows are of different sizes.</exception>
    public ArrayRows(float[][] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Length == 0)
            throw new ArgumentException("VectorRows: there are no rows; give one at least.", nameof(rows));
        for (int row = 0; row < rows.Length; row++)
        {
            if (rows[row] is null || rows[row].Length != rows[0].Length || rows[row].Length == 0)
            {
                throw new ArgumentException(
                    $"VectorRows: row {row} has {Counted.Of(rows[row]?.Length ?? 0, "number")}, row 0 has {rows[0]?.Length ?? 0}; all rows must have the same number, at least one.",
                    nameof(rows));
            }
        }
        _rows = rows;
    }

    /// <inheritdoc/>
    public override int Count => _rows.Length;

    /// <inheritdoc/>
    public override int Features => _rows[0].Length;

    /// <inheritdoc/>
    public override void CopyTo(int row, Span<float> features) => _rows[row].CopyTo(features);
}
