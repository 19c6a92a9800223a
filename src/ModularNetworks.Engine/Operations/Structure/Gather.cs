using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

public static partial class StructureOperations
{
    /// <summary>Picks rows by number, such as words' vectors: <c>[n, ...] and [rows] -> [rows, ...]</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x"><c>[n, ...]</c>.</param>
    /// <param name="rows"><c>[rows]</c> or of more axes, numbers from 0 to n - 1, repeated as needed.</param>
    /// <exception cref="ShapeException">x is a scalar, the result would have too many axes, or a row does not exist.</exception>
    public static Tensor Gather(this Tape tape, Tensor x, IndexTensor rows) => GatherOperation.Run(tape, x, rows);
}

internal sealed class GatherOperation : GenericOperation
{
    // In elements.
    private const int LongCopy = 1024;

    private Tensor _input = null!;
    private IndexTensor _rows = null!;

    public static Shape OutputShape(Shape x, Shape rows)
    {
        if (x.Rank == 0 || rows.Rank + x.Rank - 1 > Shape.MaxRank)
        {
            throw new ShapeException(
                $"Gather: x has shape {x}, rows {rows}; x must have a first axis to pick from, and the result, rows in its "
                + $"place, at most {Shape.MaxRank} axes.");
        }
        Span<int> sizes = stackalloc int[rows.Rank + x.Rank - 1];
        for (int axis = 0; axis < rows.Rank; axis++)
            sizes[axis] = rows[axis];
        for (int axis = 1; axis < x.Rank; axis++)
            sizes[rows.Rank + axis - 1] = x[axis];
        return new Shape(sizes);
    }

    public static Tensor Run(Tape tape, Tensor x, IndexTensor rows)
    {
        var output = tape.Rent(OutputShape(x.Shape, rows.Shape));
        IndexRange.Require("Gather", "row", rows.Values, x.Shape[0]);
        if (tape.Precision == Precision.Single)
            Forward<float>(x.As<float>(), rows.Values, output.As<float>(), RowSize(x.Shape));
        else
            Forward<double>(x.As<double>(), rows.Values, output.As<double>(), RowSize(x.Shape));
        if (tape.Tracks(x))
        {
            var operation = tape.Record<GatherOperation>(output);
            operation._input = x;
            operation._rows = tape.Keep(rows);
        }
        return output;
    }

    private static int RowSize(Shape x) => x[0] == 0 ? 0 : x.Count / x[0];

    private static void Forward<T>(ReadOnlySpan<T> x, ReadOnlySpan<int> rows, Span<T> output, int features)
    {
        for (int i = 0, count; i < rows.Length; i += count)
        {
            // Short rows that follow each other, as when a batch is repeated, are copied together; long copies would pass
            // by the caches.
            count = 1;
            while (count * features < LongCopy && i + count < rows.Length && rows[i + count] == rows[i] + count)
                count++;
            x.Slice(rows[i] * features, count * features).CopyTo(output[(i * features)..]);
        }
    }

    protected override void Backward<T>(Tape tape)
    {
        int features = RowSize(_input.Shape);
        ReadOnlySpan<T> gradient = Output.Gradient!.As<T>();
        ReadOnlySpan<int> rows = _rows.Values;
        var target = tape.GradientOfRows(_input, rows).As<T>();
        for (int i = 0; i < rows.Length; i++)
        {
            // Rows may repeat, so they are added one after the other.
            var row = target.Slice(rows[i] * features, features);
            TensorPrimitives.Add(row, gradient.Slice(i * features, features), row);
        }
    }
}
