using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

public static partial class StructureOperations
{
    /// <summary>A range of the first axis: <c>[rows, ...] -> [count, ...]</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x"><c>[rows, ...]</c>.</param>
    /// <param name="start">The first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <exception cref="ShapeException">The range does not lie within the first axis.</exception>
    public static Tensor Rows(this Tape tape, Tensor x, int start, int count) =>
        RowsOperation.Run(tape, x, start, count);
}

internal sealed class RowsOperation : GenericOperation
{
    private Tensor _input = null!;
    private int _offset;

    public static Shape OutputShape(Shape x, int start, int count)
    {
        if (x.Rank == 0 || start < 0 || count < 0 || count > x[0] - start)
        {
            throw new ShapeException(
                $"Rows: x has shape {x}, {count} rows from {start} are wanted; the range must lie within the "
                + "first axis.");
        }
        Span<int> sizes = stackalloc int[x.Rank];
        sizes[0] = count;
        for (int axis = 1; axis < x.Rank; axis++)
            sizes[axis] = x[axis];
        return new Shape(sizes);
    }

    public static Tensor Run(Tape tape, Tensor x, int start, int count)
    {
        var output = tape.Rent(OutputShape(x.Shape, start, count));
        int size = output.Shape.Count;
        int offset = count == 0 ? 0 : start * (size / count);
        if (tape.Precision == Precision.Single)
            x.As<float>().Slice(offset, size).CopyTo(output.As<float>());
        else
            x.As<double>().Slice(offset, size).CopyTo(output.As<double>());
        if (tape.Tracks(x))
        {
            var operation = tape.Record<RowsOperation>(output);
            operation._input = x;
            operation._offset = offset;
        }
        return output;
    }

    protected override void Backward<T>(Tape tape)
    {
        var target = tape.GradientOf(_input).As<T>().Slice(_offset, Output.Shape.Count);
        TensorPrimitives.Add(target, Output.Gradient!.As<T>(), target);
    }
}
