using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

public static partial class TapeOperations
{
    /// <summary>Joins tensors along the first axis: <c>[a, ...], [b, ...], ... -> [a + b + ..., ...]</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="parts">At least one, with the same sizes of all axes but the first.</param>
    /// <exception cref="ShapeException">There are no parts, or their sizes differ in another axis than the first.</exception>
    public static Tensor ConcatenateRows(this Tape tape, params ReadOnlySpan<Tensor> parts) =>
        ConcatenateRowsOperation.Run(tape, parts);
}

internal sealed class ConcatenateRowsOperation : Operation
{
    private readonly List<Tensor> _parts = [];

    public static Shape OutputShape(ReadOnlySpan<Tensor> parts)
    {
        if (parts.IsEmpty)
            throw new ShapeException("ConcatenateRows: no parts given; at least one is needed.");
        Span<int> sizes = stackalloc int[parts[0].Shape.Rank];
        for (int axis = 1; axis < sizes.Length; axis++)
            sizes[axis] = parts[0].Shape[axis];
        for (int i = 0; i < parts.Length; i++)
        {
            var shape = parts[i].Shape;
            if (shape.Rank == 0)
                throw new ShapeException($"ConcatenateRows: part {i} is a scalar; every part needs a first axis.");
            int rows = sizes[0] + shape[0];
            sizes[0] = shape[0];
            if (shape != new Shape(sizes))
            {
                throw new ShapeException(
                    $"ConcatenateRows: part {i} has shape {shape}, the first {parts[0].Shape}; all sizes but the first must "
                    + "agree. Check the module's output size.");
            }
            sizes[0] = rows;
        }
        return new Shape(sizes);
    }

    public static Tensor Run(Tape tape, ReadOnlySpan<Tensor> parts)
    {
        var output = tape.Rent(OutputShape(parts));
        if (tape.Precision == Precision.Single)
            Forward<float>(parts, output);
        else
            Forward<double>(parts, output);
        bool tracks = false;
        foreach (var part in parts)
            tracks |= tape.Tracks(part);
        if (tracks)
        {
            var operation = tape.Record<ConcatenateRowsOperation>(output);
            operation._parts.Clear();
            operation._parts.AddRange(parts);
        }
        return output;
    }

    protected internal override void Backward(Tape tape)
    {
        if (tape.Precision == Precision.Single)
            Backward<float>(tape);
        else
            Backward<double>(tape);
    }

    private static void Forward<T>(ReadOnlySpan<Tensor> parts, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int offset = 0;
        foreach (var part in parts)
        {
            part.As<T>().CopyTo(output.As<T>()[offset..]);
            offset += part.Shape.Count;
        }
    }

    private void Backward<T>(Tape tape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int offset = 0;
        foreach (var part in _parts)
        {
            if (part.TracksGradient)
            {
                var target = tape.GradientOf(part).As<T>();
                TensorPrimitives.Add(target, Output.Gradient!.As<T>().Slice(offset, target.Length), target);
            }
            offset += part.Shape.Count;
        }
    }
}
