using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

public static partial class ReductionOperations
{
    /// <summary>The sum over the last axis: <c>[..., features] -> [...]</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x">At least one axis.</param>
    /// <exception cref="ShapeException">x is a scalar.</exception>
    public static Tensor SumLast(this Tape tape, Tensor x) => SumAxisOperation.Run(tape, x, -1);

    /// <summary>The sum over one axis, which disappears: <c>[before, axis, after] -> [before, after]</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x">At least one axis.</param>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public static Tensor SumAxis(this Tape tape, Tensor x, int axis) => SumAxisOperation.Run(tape, x, axis);
}

internal sealed class SumAxisOperation : GenericOperation
{
    private const int ShortestVector = 4;

    private Tensor _input = null!;
    private int _size;
    private int _after;

    public static Shape OutputShape(Shape x, int axis)
    {
        int removed = axis < 0 ? axis + x.Rank : axis;
        if ((uint)removed >= (uint)x.Rank)
            throw new ShapeException($"SumAxis: x has shape {x}, the axis is {axis}; it must be one of x's "
                + $"{Counted.Of(x.Rank, "axis", "axes")}.");
        Span<int> sizes = stackalloc int[x.Rank - 1];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = x[i < removed ? i : i + 1];
        return new Shape(sizes);
    }

    public static Tensor Run(Tape tape, Tensor x, int axis)
    {
        var output = tape.Rent(OutputShape(x.Shape, axis));
        int after = 1;
        for (int i = (axis < 0 ? axis + x.Shape.Rank : axis) + 1; i < x.Shape.Rank; i++)
            after *= x.Shape[i];
        int size = x.Shape[axis];
        if (tape.Precision == Precision.Single)
            Forward<float>(x.As<float>(), output.As<float>(), size, after);
        else
            Forward<double>(x.As<double>(), output.As<double>(), size, after);
        if (tape.Tracks(x))
        {
            var operation = tape.Record<SumAxisOperation>(output);
            operation._input = x;
            operation._size = size;
            operation._after = after;
        }
        return output;
    }

    private static void Forward<T>(ReadOnlySpan<T> x, Span<T> output, int size, int after)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (after == 1)
        {
            for (int row = 0; row < output.Length; row++)
                output[row] = RowSum.Of(x.Slice(row * size, size), ShortestVector);
            return;
        }
        output.Clear();
        for (int start = 0, source = 0; start < output.Length; start += after)
        {
            var target = output.Slice(start, after);
            for (int i = 0; i < size; i++, source += after)
                TensorPrimitives.Add(target, x.Slice(source, after), target);
        }
    }

    protected override void Backward<T>(Tape tape)
    {
        var gradient = Output.Gradient!.As<T>();
        var target = tape.GradientOf(_input).As<T>();
        for (int start = 0, place = 0; start < gradient.Length; start += _after)
        {
            if (_after == 1)
            {
                var row = target.Slice(start * _size, _size);
                TensorPrimitives.Add(row, gradient[start], row);
                continue;
            }
            for (int i = 0; i < _size; i++, place += _after)
            {
                var row = target.Slice(place, _after);
                TensorPrimitives.Add(row, gradient.Slice(start, _after), row);
            }
        }
    }
}
