namespace ModularNetworks.Engine;

/// <summary>Vectors that lie one after the other in memory.</summary>
/// <param name="values"><c>[rows, features]</c>.</param>
/// <param name="features">The size of a vector.</param>
internal sealed class StoredRows(ReadOnlyMemory<float> values, int features) : VectorRows
{
    /// <inheritdoc/>
    public override int Count => values.Length / features;

    /// <inheritdoc/>
    public override int Features => features;

    /// <inheritdoc/>
    public override void CopyTo(int row, Span<float> target) => values.Span.Slice(row * features, features).CopyTo(target);
}
