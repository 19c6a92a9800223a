namespace ModularNetworks.Engine;

/// <summary>Fills parameters with random starting values.</summary>
public static class Initialization
{
    /// <summary>
    /// Uniform numbers in <c>[-limit, limit)</c> with <c>limit = sqrt(6 / (fanIn + fanOut))</c> (Glorot and Bengio
    /// 2010,
    /// Eq. 16), which keeps the variance of signals and gradients about the same from layer to layer.
    /// </summary>
    /// <param name="weights">Filled; any shape, single precision.</param>
    /// <param name="fanIn">The number of inputs of one unit; of one matrix, where the tensor holds several.</param>
    /// <param name="fanOut">The number of units that one input reaches.</param>
    /// <param name="key">Element <c>i</c> uses number <c>i</c> of this key.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of connections is less than one.</exception>
    public static void GlorotUniform(Tensor weights, int fanIn, int fanOut, RandomKey key) =>
        GlorotUniform(weights, fanIn, fanOut, key, first: 0);

    /// <summary>A part of a tensor, as it would be if the whole were filled.</summary>
    /// <param name="weights">The part's elements, filled.</param>
    /// <param name="fanIn">As above.</param>
    /// <param name="fanOut">As above.</param>
    /// <param name="key">Element <c>i</c> of the whole uses number <c>i</c> of this key.</param>
    /// <param name="first">The part's first element in the whole.</param>
    internal static void GlorotUniform(Tensor weights, int fanIn, int fanOut, RandomKey key, ulong first)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentOutOfRangeException.ThrowIfLessThan(fanIn, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(fanOut, 1);
        double limit = Math.Sqrt(6.0 / ((double)fanIn + fanOut));
        var values = weights.Values;
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(limit * ((2.0 * key.Uniform(first + (ulong)i)) - 1));
    }
}
