using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

public static partial class ElementwiseOperations
{
    /// <summary>The positive part, <c>max(x, 0)</c>: <c>[...] -> [...]</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x">Any shape. The derivative at 0 is taken as 0.</param>
    public static Tensor Relu(this Tape tape, Tensor x) => ReluOperation.Run(tape, x);
}

internal sealed class ReluOperation : UnaryOperation<ReluOperation>, IUnaryFunction
{
    public static void Value<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Max(x, T.Zero, y);

    public static void Derivative<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // 1 where y is positive, else 0: the ceiling of a positive number is at least 1.
        TensorPrimitives.Ceiling(y, derivative);
        TensorPrimitives.Min(derivative, T.One, derivative);
    }
}
