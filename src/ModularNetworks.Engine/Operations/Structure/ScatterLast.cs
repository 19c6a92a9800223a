using System.Numerics;

namespace ModularNetworks.Engine;

public static partial class StructureOperations
{
    /// <summary>
    /// Spreads the elements of every row over a longer row of zeros, <c>y[..., columns[..., i]] += x[..., i]</c>:
    /// <c>[..., n] and [..., n] -> [..., size]</c>.
    /// </summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x"><c>[..., n]</c>.</param>
    /// <param name="columns"><c>[..., n]</c>, numbers from 0 to size - 1; what goes to the same one is added up.</param>
    /// <param name="size">The length of the new rows.</param>
    /// <exception cref="ShapeException">The shapes differ, or a column does not exist.</exception>
    public static Tensor ScatterLast(this Tape tape, Tensor x, IndexTensor columns, int size) =>
        ScatterLastOperation.Run(tape, x, columns, size);
}

internal sealed class ScatterLastOperation : GenericOperation
{
    private Tensor _input = null!;
    private IndexTensor _columns = null!;

    public static Shape OutputShape(Shape x, Shape columns, int size)
    {
        if (x.Rank == 0 || columns != x)
            throw new ShapeException($"ScatterLast: x has shape {x}, columns {columns}; every element needs one column.");
        return x.WithLast(size);
    }

    public static Tensor Run(Tape tape, Tensor x, IndexTensor columns, int size)
    {
        var output = tape.Rent(OutputShape(x.Shape, columns.Shape, size));
        IndexRange.Require("ScatterLast", "column", columns.Values, size);
        tape.Kernels.Clear(output);
        if (tape.Precision == Precision.Single)
            Forward<float>(x.As<float>(), columns, output.As<float>(), size);
        else
            Forward<double>(x.As<double>(), columns, output.As<double>(), size);
        if (tape.Tracks(x))
        {
            var operation = tape.Record<ScatterLastOperation>(output);
            (operation._input, operation._columns) = (x, tape.Keep(columns));
        }
        return output;
    }

    private static void Forward<T>(ReadOnlySpan<T> x, IndexTensor columns, Span<T> output, int size)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<int> places = columns.Values;
        int count = columns.Shape.Last;
        for (int i = 0; i < places.Length; i++)
            output[(i / count * size) + places[i]] += x[i];
    }

    protected override void Backward<T>(Tape tape)
    {
        ReadOnlySpan<int> places = _columns.Values;
        int size = Output.Shape.Last, count = _columns.Shape.Last;
        ReadOnlySpan<T> gradient = Output.Gradient!.As<T>();
        var target = tape.GradientOf(_input).As<T>();
        for (int i = 0; i < places.Length; i++)
            target[i] += gradient[(i / count * size) + places[i]];
    }
}
