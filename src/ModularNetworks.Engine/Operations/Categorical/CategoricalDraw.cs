using System.Numerics;

namespace ModularNetworks.Engine;

/// <summary>Choices from a categorical distribution given by weights that need not sum to one.</summary>
internal static class CategoricalDraw
{
    /// <summary>
    /// The index whose share of the summed weights the uniform number falls into (inverse distribution function).
    /// </summary>
    /// <param name="weights">Not negative, at least one positive.</param>
    /// <param name="total">The sum of the weights, added in order.</param>
    /// <param name="uniform">In [0, 1).</param>
    public static int Sample<T>(ReadOnlySpan<T> weights, T total, float uniform)
        where T : IFloatingPointIeee754<T>
    {
        T threshold = total * T.CreateTruncating(uniform);
        T cumulative = T.Zero;
        int last = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            cumulative += weights[i];
            if (threshold < cumulative)
                return i;
            // Rounding can leave the threshold at the total: the last index that can be drawn takes it.
            if (weights[i] > T.Zero)
                last = i;
        }
        return last;
    }

    /// <summary>The index of the largest value; the lowest of equal ones.</summary>
    public static int MostProbable<T>(ReadOnlySpan<T> values)
        where T : IFloatingPointIeee754<T>
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[best])
                best = i;
        }
        return best;
    }
}
