using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

public static partial class ElementwiseOperations
{
    /// <summary>The natural logarithm: <c>[...] -> [...]</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x">Any shape. Positive numbers; 0 gives minus infinity, negative ones not-a-number.</param>
    public static Tensor Log(this Tape tape, Tensor x) => LogOperation.Run(tape, x);
}

internal sealed class LogOperation : UnaryOperation<LogOperation>, IUnaryFunction
{
    public static void Value<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Log(x, y);

    public static void Derivative<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Reciprocal(x, derivative);
}
