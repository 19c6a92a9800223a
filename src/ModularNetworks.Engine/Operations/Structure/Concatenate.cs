using System.Numerics;

namespace ModularNetworks.Engine;

public static partial class StructureOperations
{
    /// <summary>Joins tensors along the last axis: <c>[..., a], [..., b], ... -> [..., a + b + ...]</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="parts">At least one, with the same sizes of all axes but the last.</param>
    /// <exception cref="ShapeException">There are no parts, or their sizes differ in another axis than the last.</exception>
    public static Tensor Concatenate(this Tape tape, params ReadOnlySpan<Tensor> parts) =>
        ConcatenateOperation.Run(tape, parts, firstAxis: false);

    /// <summary>Joins tensors along the first axis: <c>[a, ...], [b, ...], ... -> [a + b + ..., ...]</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="parts">At least one, with the same sizes of all axes but the first.</param>
    /// <exception cref="ShapeException">There are no parts, or their sizes differ in another axis than the first.</exception>
    public static Tensor ConcatenateRows(this Tape tape, params ReadOnlySpan<Tensor> parts) =>
        ConcatenateOperation.Run(tape, parts, firstAxis: true);
}

internal sealed class ConcatenateOperation : GenericOperation
{
    private readonly List<Tensor> _parts = [];
    private bool _firstAxis;

    public static Shape OutputShape(ReadOnlySpan<Tensor> parts, bool firstAxis)
    {
        if (parts.IsEmpty)
            throw new ShapeException("Concatenate: no parts given; at least one is needed.");
        var first = parts[0].Shape;
        int axis = firstAxis ? 0 : first.Rank - 1, joined = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            var shape = parts[i].Shape;
            if (shape.Rank == 0 || shape.Rank != first.Rank || shape.With(axis, 0) != first.With(axis, 0))
            {
                string name = firstAxis ? "first" : "last";
                throw new ShapeException(
                    $"Concatenate: part {i} has shape {shape}, part 0 {first}; all sizes but the {name} must agree and "
                    + $"there must be a {name} axis. Check the output sizes of the parts.");
            }
            joined = Sizes.Sum("Concatenate", joined, shape[axis]);
        }
        return first.With(axis, joined);
    }

    public static Tensor Run(Tape tape, ReadOnlySpan<Tensor> parts, bool firstAxis)
    {
        var output = tape.Rent(OutputShape(parts, firstAxis));
        if (tape.Precision == Precision.Single)
            Forward<float>(parts, output, firstAxis);
        else
            Forward<double>(parts, output, firstAxis);
        bool tracks = false;
        foreach (var part in parts)
            tracks |= tape.Tracks(part);
        if (tracks)
        {
            var operation = tape.Record<ConcatenateOperation>(output);
            operation._firstAxis = firstAxis;
            operation._parts.Clear();
            operation._parts.AddRange(parts);
        }
        return output;
    }

    /// <summary>The elements that stay together: a row, or the whole tensor where rows are put below each other.</summary>
    private static int ColumnsOf(Tensor tensor, bool firstAxis) => firstAxis ? tensor.Shape.Count : tensor.Shape.Last;

    private static void Forward<T>(ReadOnlySpan<Tensor> parts, Tensor output, bool firstAxis)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int offset = 0, stride = ColumnsOf(output, firstAxis);
        foreach (var part in parts)
        {
            int columns = ColumnsOf(part, firstAxis);
            Columns.Copy<T>(part.As<T>(), columns, 0, output.As<T>(), stride, offset, columns);
            offset += columns;
        }
    }

    protected override void Backward<T>(Tape tape)
    {
        var gradient = Output.Gradient!.As<T>();
        int offset = 0, stride = ColumnsOf(Output, _firstAxis);
        foreach (var part in _parts)
        {
            int columns = ColumnsOf(part, _firstAxis);
            if (part.TracksGradient)
                Columns.Add<T>(gradient, stride, offset, tape.GradientOf(part).As<T>(), columns, 0, columns);
            offset += columns;
        }
    }
}
