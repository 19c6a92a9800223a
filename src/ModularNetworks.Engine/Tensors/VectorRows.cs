using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

/// <summary>
/// Vectors of one size, from which some are copied at a time, so that they need not all be in memory. An array of arrays of numbers, and a
/// collection expression, become rows by themselves; <see cref="Of(ReadOnlyMemory{float}, int)"/> takes rows that lie one after the other.
/// </summary>
/// <example>
/// <code>
/// VectorRows rows = [[0.1f, 2], [0.3f, 4]];
/// VectorRows same = VectorRows.Of(new float[] { 0.1f, 2, 0.3f, 4 }, features: 2);
/// </code>
/// </example>
[CollectionBuilder(typeof(VectorRows), nameof(Create))]
public abstract class VectorRows
{
    /// <summary>The number of vectors.</summary>
    public abstract int Count { get; }

    /// <summary>The size of a vector.</summary>
    public abstract int Features { get; }

    /// <summary>Copies a vector.</summary>
    /// <param name="row">The vector's number.</param>
    /// <param name="features">Receives it, <c>[features]</c>.</param>
    /// <exception cref="IndexOutOfRangeException">There is no vector of this number.</exception>
    public abstract void CopyTo(int row, Span<float> features);

    /// <summary>Rows that lie one after the other in memory.</summary>
    /// <param name="values"><c>[rows, features]</c>; kept, not copied.</param>
    /// <param name="features">The size of a row.</param>
    /// <exception cref="ArgumentException">The values do not fill whole rows.</exception>
    public static VectorRows Of(ReadOnlyMemory<float> values, int features)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        return values.Length % features == 0
            ? new StoredRows(values, features)
            : throw new ArgumentException($"VectorRows: {values.Length} numbers are given; rows of {features} need a multiple of {features}.", nameof(values));
    }

    /// <summary>Rows that are an array each.</summary>
    /// <param name="rows">The rows, <c>[rows][features]</c>; kept, not copied.</param>
    /// <exception cref="ArgumentException">There is no row, or rows are of different sizes.</exception>
    public static VectorRows Of(float[][] rows) => new ArrayRows(rows);

    /// <summary>Rows of a collection expression.</summary>
    /// <param name="rows">The rows, <c>[rows][features]</c>; kept, not copied.</param>
    /// <exception cref="ArgumentException">There is no row, or rows are of different sizes.</exception>
    public static VectorRows Create(ReadOnlySpan<float[]> rows) => Of(rows.ToArray());

    /// <summary>All vectors, each copied to an array of its own.</summary>
    public IEnumerator<float[]> GetEnumerator()
    {
        for (int row = 0; row < Count; row++)
        {
            float[] features = new float[Features];
            CopyTo(row, features);
            yield return features;
        }
    }

    /// <summary>Rows that are an array each, as <see cref="Of(float[][])"/>.</summary>
    public static implicit operator VectorRows(float[][] rows) => Of(rows);
}
