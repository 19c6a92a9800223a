namespace ModularNetworks.Engine;

/// <summary>Products of matrices.</summary>
public static class MatrixProductOperations
{
    /// <summary>The product <c>left x right</c>: <c>[rows, inner] x [inner, columns] -> [rows, columns]</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="left"><c>[..., inner]</c>; all axes but the last are rows.</param>
    /// <param name="right"><c>[inner, columns]</c>.</param>
    /// <exception cref="ShapeException">The inner sizes differ.</exception>
    public static Tensor MatrixProduct(this Tape tape, Tensor left, Tensor right) =>
        MatrixProductOperation.Run(tape, left, right);
}

internal sealed class MatrixProductOperation : Operation
{
    private Tensor _left = null!;
    private Tensor _right = null!;

    public static Shape OutputShape(Shape left, Shape right)
    {
        if (right.Rank != 2 || left.Rank == 0 || left.Last != right[0])
        {
            throw new ShapeException(
                $"MatrixProduct: left has shape {left}, right {right}; the last size of left must be the first of a "
                + "right with two axes. Check the layer's input size.");
        }
        return left.WithLast(right[1]);
    }

    public static Tensor Run(Tape tape, Tensor left, Tensor right)
    {
        var output = tape.Rent(OutputShape(left.Shape, right.Shape));
        tape.Kernels.MatrixProduct(Matrix.Of(left), false, Matrix.Of(right), false, Matrix.Of(output), accumulate: false);
        if (tape.Tracks(left) || tape.Tracks(right))
        {
            var operation = tape.Record<MatrixProductOperation>(output);
            operation._left = left;
            operation._right = right;
        }
        return output;
    }

    protected internal override void Backward(Tape tape)
    {
        var gradient = Matrix.Of(Output.Gradient!);
        if (_left.TracksGradient)
        {
            var target = Matrix.Of(tape.GradientOf(_left, out bool isNew));
            tape.Kernels.MatrixProduct(gradient, false, Matrix.Of(_right), true, target, accumulate: !isNew);
        }
        if (_right.TracksGradient)
        {
            var target = Matrix.Of(tape.GradientOf(_right, out bool isNew));
            tape.Kernels.MatrixProduct(Matrix.Of(_left), true, gradient, false, target, accumulate: !isNew);
        }
    }
}
