using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

/// <summary>
/// e^x of many numbers, exactly 1 at 0. The library's vectors of single precision give the next larger number there, by which a certain
/// choice would have a logarithm of -1.2e-7 in place of 0.
/// </summary>
internal static class Exponential
{
    /// <summary>Replaces numbers of which none is above 0, and whose exponentials therefore are at most 1.</summary>
    public static void OfNonPositive<T>(Span<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TensorPrimitives.Exp(x, x);
        TensorPrimitives.Min(x, T.One, x);
    }

    /// <summary>Writes the exponentials of any numbers.</summary>
    public static void Of<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TensorPrimitives.Exp(x, y);
        for (int i = 0; i < x.Length; i++)
            y[i] = x[i] == T.Zero ? T.One : y[i];
    }
}
