using System.Numerics;

namespace ModularNetworks.Engine;

public static partial class TapeOperations
{
    /// <summary>Joins tensors along the last axis: <c>[..., a], [..., b], ... -> [..., a + b + ...]</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="parts">At least one, with the same sizes of all axes but the last.</param>
    /// <exception cref="ShapeException">There are no parts, or their sizes differ in another axis than the
    /// last.</exception>
    public static Tensor Concatenate(this Tape tape, params ReadOnlySpan<Tensor> parts) =>
        ConcatenateOperation.Run(tape, parts);
}

internal sealed class ConcatenateOperation : Operation
{
    private readonly List<Tensor> _parts = [];

    public static Shape OutputShape(ReadOnlySpan<Tensor> parts)
    {
        if (parts.IsEmpty)
            throw new ShapeException("Concatenate: no parts given; at least one is needed.");
        var first = parts[0].Shape;
        int last = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            var shape = parts[i].Shape;
            if (shape.Rank == 0 || shape.Rank != first.Rank || shape.WithoutLast() != first.WithoutLast())
            {
                throw new ShapeException(
                    $"Concatenate: part {i} has shape {shape}, the first {first}; all sizes but the last must "
                    + "agree and there must be a last axis. Check the module's output size.");
            }
            last += shape.Last;
        }
        return first.WithLast(last);
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
            var operation = tape.Record<ConcatenateOperation>(output);
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
            Columns.Copy<T>(part.As<T>(), part.Shape.Last, 0, output.As<T>(), output.Shape.Last, offset, part.Shape.Last);
            offset += part.Shape.Last;
        }
    }

    private void Backward<T>(Tape tape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var gradient = Output.Gradient!.As<T>();
        int offset = 0;
        foreach (var part in _parts)
        {
            int columns = part.Shape.Last;
            if (part.TracksGradient)
                Columns.Add<T>(gradient, Output.Shape.Last, offset, tape.GradientOf(part).As<T>(), columns, 0, columns);
            offset += columns;
        }
    }
}
