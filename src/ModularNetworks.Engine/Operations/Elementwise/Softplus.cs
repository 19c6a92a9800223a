using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

public static partial class ElementwiseOperations
{
    /// <summary>
    /// A smooth positive part, <c>log(1 + exp(x))</c>: <c>[...] -> [...]</c>. Neither overflows for large arguments nor
    /// rounds to zero for small ones.
    /// </summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x">Any shape.</param>
    public static Tensor Softplus(this Tape tape, Tensor x) => SoftplusOperation.Run(tape, x);
}

internal sealed class SoftplusOperation : UnaryOperation<SoftplusOperation>, IUnaryFunction
{
    /// <summary><c>max(x, 0) + log(1 + e)</c> with <c>e = exp(-|x|)</c>, which is at most 1.</summary>
    public static void Value<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> e = stackalloc T[x.Length];
        TensorPrimitives.Abs(x, e);
        TensorPrimitives.Negate(e, e);
        Exponential.OfNonPositive(e);
        Span<T> logarithm = stackalloc T[x.Length];
        TensorPrimitives.Add(e, T.One, logarithm);
        TensorPrimitives.Log(logarithm, logarithm);
        for (int i = 0; i < x.Length; i++)
        {
            // 1 + e is rounded; the quotient undoes what the rounding did to the logarithm (Kahan).
            T rounded = (T.One + e[i]) - T.One;
            T exact = rounded == T.Zero ? e[i] : logarithm[i] * (e[i] / rounded);
            y[i] = T.Max(x[i], T.Zero) + exact;
        }
    }

    public static void Derivative<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Sigmoid(x, derivative);
}
