namespace ModularNetworks.Data;

/// <summary>Vectors of one size, from which some are copied at a time.</summary>
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
}
