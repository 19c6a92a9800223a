namespace ModularNetworks.Engine;

public static partial class StructureOperations
{
    /// <summary>
    /// Picks elements of every row by number, <c>y[..., i] = x[..., columns[..., i]]</c>: <c>[..., M] and [..., n]
    /// -> [..., n]</c>.
    /// </summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x"><c>[..., M]</c>.</param>
    /// <param name="columns"><c>[..., n]</c>, numbers from 0 to M - 1, repeated as needed.</param>
    /// <exception cref="ShapeException">The shapes differ in more than the last axis, or a column does not exist.</exception>
    public static Tensor GatherLast(this Tape tape, Tensor x, IndexTensor columns) => GatherLastOperation.Run(tape, x, columns);
}

internal sealed class GatherLastOperation : GenericOperation
{
    private Tensor _input = null!;
    private IndexTensor _columns = null!;

    public static Shape OutputShape(Shape x, Shape columns)
    {
        if (x.Rank == 0 || columns.Rank != x.Rank || columns.WithoutLast() != x.WithoutLast())
        {
            throw new ShapeException(
                $"GatherLast: x has shape {x}, columns {columns}; all sizes but the last must agree, so that every row has "
                + "its columns.");
        }
        return columns;
    }

    public static Tensor Run(Tape tape, Tensor x, IndexTensor columns)
    {
        var output = tape.Rent(OutputShape(x.Shape, columns.Shape));
        IndexRange.Require("GatherLast", "column", columns.Values, x.Shape.Last);
        if (tape.Precision == Precision.Single)
            Forward<float>(x.As<float>(), x.Shape.Last, columns, output.As<float>());
        else
            Forward<double>(x.As<double>(), x.Shape.Last, columns, output.As<double>());
        if (tape.Tracks(x))
        {
            var operation = tape.Record<GatherLastOperation>(output);
            (operation._input, operation._columns) = (x, tape.Keep(columns));
        }
        return output;
    }

    private static void Forward<T>(ReadOnlySpan<T> x, int size, IndexTensor columns, Span<T> output)
    {
        ReadOnlySpan<int> places = columns.Values;
        int count = columns.Shape.Last;
        for (int i = 0; i < places.Length; i++)
            output[i] = x[(i / count * size) + places[i]];
    }

    protected override void Backward<T>(Tape tape)
    {
        ReadOnlySpan<int> places = _columns.Values;
        int size = _input.Shape.Last, count = _columns.Shape.Last;
        ReadOnlySpan<T> gradient = Output.Gradient!.As<T>();
        var target = tape.GradientOf(_input).As<T>();
        for (int i = 0; i < places.Length; i++)
            target[(i / count * size) + places[i]] += gradient[i];
    }
}
