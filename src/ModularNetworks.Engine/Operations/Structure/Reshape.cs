namespace ModularNetworks.Engine;

/// <summary>Operations that move elements without changing them.</summary>
public static partial class StructureOperations
{
    /// <summary>The same elements, without a copy, in another shape.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x">Any shape.</param>
    /// <param name="shape">A shape with as many elements.</param>
    /// <exception cref="ShapeException">The numbers of elements differ.</exception>
    public static Tensor Reshape(this Tape tape, Tensor x, Shape shape) => ReshapeOperation.Run(tape, x, shape);
}

internal sealed class ReshapeOperation : Operation
{
    private Tensor _input = null!;

    public static Shape OutputShape(Shape x, Shape shape)
    {
        if (x.Count != shape.Count)
        {
            throw new ShapeException(
                $"Reshape: x has shape {x}, {Counted.Of(x.Count, "element")}, the new shape {shape}, {shape.Count}; the number of "
                + "elements must stay.");
        }
        return shape;
    }

    public static Tensor Run(Tape tape, Tensor x, Shape shape)
    {
        var output = tape.View(x, OutputShape(x.Shape, shape));
        if (tape.Tracks(x))
            tape.Record<ReshapeOperation>(output)._input = x;
        return output;
    }

    protected internal override void Backward(Tape tape) =>
        GradientSum.HandOver(tape, _input, Output.Gradient!);
}
