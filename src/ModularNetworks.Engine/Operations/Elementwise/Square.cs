using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

public static partial class ElementwiseOperations
{
    /// <summary>The square, <c>x * x</c>: <c>[...] -> [...]</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x">Any shape.</param>
    public static Tensor Square(this Tape tape, Tensor x) => SquareOperation.Run(tape, x);
}

internal sealed class SquareOperation : UnaryOperation<SquareOperation>, IUnaryFunction
{
    public static void Value<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Multiply(x, x, y);

    public static void Derivative<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Add(x, x, derivative);
}
