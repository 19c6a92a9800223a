using System.Numerics;

namespace ModularNetworks.Engine;

public static partial class ElementwiseOperations
{
    /// <summary>The exponential function, <c>exp(x)</c>: <c>[...] -> [...]</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x">Any shape.</param>
    public static Tensor Exp(this Tape tape, Tensor x) => ExpOperation.Run(tape, x);
}

internal sealed class ExpOperation : UnaryOperation<ExpOperation>, IUnaryFunction
{
    public static void Value<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Exponential.Of(x, y);

    public static void Derivative<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        y.CopyTo(derivative);
}
