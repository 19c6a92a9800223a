using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

public static partial class ElementwiseOperations
{
    /// <summary>The difference <c>left - right</c>, element by element: <c>[...] and [...] -> [...]</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="left">Any shape.</param>
    /// <param name="right">The same shape.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor Subtract(this Tape tape, Tensor left, Tensor right) =>
        SubtractOperation.Run(tape, left, right);
}

internal sealed class SubtractOperation : BinaryOperation<SubtractOperation>, IBinaryFunction
{
    public static string Name => "Subtract";

    public static void Value<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> output)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Subtract(left, right, output);

    public static void AddLeft<T>(ReadOnlySpan<T> right, ReadOnlySpan<T> gradient, Span<T> leftGradient)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Add(leftGradient, gradient, leftGradient);

    public static void AddRight<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> gradient, Span<T> rightGradient)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Subtract(rightGradient, gradient, rightGradient);
}
