using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

public static partial class ReductionOperations
{
    /// <summary>The mean of all elements: <c>[...] -> []</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x">Any shape with at least one element.</param>
    /// <exception cref="ShapeException">There are no elements.</exception>
    public static Tensor Mean(this Tape tape, Tensor x) => MeanOperation.Run(tape, x);
}

internal sealed class MeanOperation : GenericOperation
{
    private Tensor _input = null!;

    public static Shape OutputShape(Shape x)
    {
        if (x.Count == 0)
            throw new ShapeException($"Mean: x has shape {x}; at least one element is needed. Check that the "
                + "batch is not empty.");
        return Shape.Scalar;
    }

    public static Tensor Run(Tape tape, Tensor x)
    {
        var output = tape.Rent(OutputShape(x.Shape));
        if (tape.Precision == Precision.Single)
            output.As<float>()[0] = (float)(SumOperation.Total<float>(x.As<float>()) / x.Shape.Count);
        else
            output.As<double>()[0] = SumOperation.Total<double>(x.As<double>()) / x.Shape.Count;
        if (tape.Tracks(x))
            tape.Record<MeanOperation>(output)._input = x;
        return output;
    }

    protected override void Backward<T>(Tape tape)
    {
        var target = tape.GradientOf(_input).As<T>();
        TensorPrimitives.Add(target, Output.Gradient!.As<T>()[0] / T.CreateChecked(target.Length), target);
    }
}
