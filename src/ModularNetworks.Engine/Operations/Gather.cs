using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

public static partial class TapeOperations
{
    /// <summary>Picks rows by number, such as words' vectors: <c>[n, features] and [...]
    /// -> [..., features]</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x"><c>[n, features]</c>.</param>
    /// <param name="rows"><c>[...]</c>, numbers from 0 to n - 1, repeated as needed. Must not change before the
    /// backward pass.</param>
    /// <exception cref="ShapeException">x has not two axes, or a row does not exist.</exception>
    public static Tensor Gather(this Tape tape, Tensor x, IndexTensor rows) => GatherOperation.Run(tape, x, rows);
}

internal sealed class GatherOperation : Operation
{
    private Tensor _input = null!;
    private IndexTensor _rows = null!;

    public static Shape OutputShape(Shape x, Shape rows)
    {
        if (x.Rank != 2 || rows.Rank == Shape.MaxRank)
        {
            throw new ShapeException(
                $"Gather: x has shape {x}, rows {rows}; x must have two axes, [n, features], and rows at most "
                + $"{Shape.MaxRank - 1}.");
        }
        Span<int> sizes = stackalloc int[rows.Rank + 1];
        for (int axis = 0; axis < rows.Rank; axis++)
            sizes[axis] = rows[axis];
        sizes[^1] = x.Last;
        return new Shape(sizes);
    }

    public static Tensor Run(Tape tape, Tensor x, IndexTensor rows)
    {
        var output = tape.Rent(OutputShape(x.Shape, rows.Shape));
        CheckRows(rows.Values, x.Shape);
        if (tape.Precision == Precision.Single)
            Forward<float>(x.As<float>(), rows.Values, output.As<float>(), x.Shape.Last);
        else
            Forward<double>(x.As<double>(), rows.Values, output.As<double>(), x.Shape.Last);
        if (tape.Tracks(x))
        {
            var operation = tape.Record<GatherOperation>(output);
            operation._input = x;
            operation._rows = rows;
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

    private static void CheckRows(ReadOnlySpan<int> rows, Shape x)
    {
        foreach (int row in rows)
        {
            if ((uint)row >= (uint)x[0])
                throw new ShapeException($"Gather: row {row} is wanted; x has shape {x}, that is rows 0 to "
                    + $"{x[0] - 1}.");
        }
    }

    private static void Forward<T>(ReadOnlySpan<T> x, ReadOnlySpan<int> rows, Span<T> output, int features)
    {
        for (int i = 0; i < rows.Length; i++)
            x.Slice(rows[i] * features, features).CopyTo(output[(i * features)..]);
    }

    private void Backward<T>(Tape tape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int features = _input.Shape.Last;
        ReadOnlySpan<T> gradient = Output.Gradient!.As<T>();
        ReadOnlySpan<int> rows = _rows.Values;
        var target = tape.GradientOf(_input).As<T>();
        for (int i = 0; i < rows.Length; i++)
        {
            // Rows may repeat, so they are added one after the other.
            var row = target.Slice(rows[i] * features, features);
            TensorPrimitives.Add(row, gradient.Slice(i * features, features), row);
        }
    }
}
