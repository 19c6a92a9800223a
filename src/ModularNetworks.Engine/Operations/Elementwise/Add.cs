using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

/// <summary>Operations that work on each element by itself, or on pairs of elements.</summary>
public static partial class ElementwiseOperations
{
    /// <summary>The sum <c>left + right</c>, element by element: <c>[...] and [...] -> [...]</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="left">Any shape.</param>
    /// <param name="right">The same shape.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor Add(this Tape tape, Tensor left, Tensor right) => AddOperation.Run(tape, left, right);
}

internal sealed class AddOperation : BinaryOperation<AddOperation>, IBinaryFunction
{
    public static string Name => "Add";

    public static void Value<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> output)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Add(left, right, output);

    public static void AddLeft<T>(ReadOnlySpan<T> right, ReadOnlySpan<T> gradient, Span<T> leftGradient)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Add(leftGradient, gradient, leftGradient);

    public static void AddRight<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> gradient, Span<T> rightGradient)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Add(rightGradient, gradient, rightGradient);
}
