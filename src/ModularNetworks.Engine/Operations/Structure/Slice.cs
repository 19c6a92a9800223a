namespace ModularNetworks.Engine;

public static partial class StructureOperations
{
    /// <summary>A range of the last axis: <c>[..., features] -> [..., count]</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x"><c>[..., features]</c>.</param>
    /// <param name="start">The first feature.</param>
    /// <param name="count">The number of features.</param>
    /// <exception cref="ShapeException">The range does not lie within the last axis.</exception>
    public static Tensor Slice(this Tape tape, Tensor x, int start, int count) =>
        SliceOperation.Run(tape, x, start, count);
}

internal sealed class SliceOperation : GenericOperation
{
    private Tensor _input = null!;
    private int _start;

    public static Shape OutputShape(Shape x, int start, int count)
    {
        if (x.Rank == 0 || start < 0 || count < 0 || count > x.Last - start)
        {
            throw new ShapeException(
                $"Slice: x has shape {x}, {count} elements from {start} are wanted; the range must lie within the "
                + "last axis.");
        }
        return x.WithLast(count);
    }

    public static Tensor Run(Tape tape, Tensor x, int start, int count)
    {
        var output = tape.Rent(OutputShape(x.Shape, start, count));
        if (tape.Precision == Precision.Single)
            Columns.Copy<float>(x.As<float>(), x.Shape.Last, start, output.As<float>(), count, 0, count);
        else
            Columns.Copy<double>(x.As<double>(), x.Shape.Last, start, output.As<double>(), count, 0, count);
        if (tape.Tracks(x))
        {
            var operation = tape.Record<SliceOperation>(output);
            operation._input = x;
            operation._start = start;
        }
        return output;
    }

    protected override void Backward<T>(Tape tape)
    {
        int count = Output.Shape.Last;
        var target = tape.GradientOf(_input).As<T>();
        Columns.Add<T>(Output.Gradient!.As<T>(), count, 0, target, _input.Shape.Last, _start, count);
    }
}
