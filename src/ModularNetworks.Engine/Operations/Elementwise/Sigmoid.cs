using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

public static partial class ElementwiseOperations
{
    /// <summary>The logistic function, <c>1 / (1 + exp(-x))</c>: <c>[...] -> [...]</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x">Any shape.</param>
    public static Tensor Sigmoid(this Tape tape, Tensor x) => SigmoidOperation.Run(tape, x);
}

internal sealed class SigmoidOperation : UnaryOperation<SigmoidOperation>, IUnaryFunction
{
    public static void Value<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Sigmoid(x, y);

    public static void Derivative<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TensorPrimitives.Subtract(T.One, y, derivative);
        TensorPrimitives.Multiply(derivative, y, derivative);
    }
}
