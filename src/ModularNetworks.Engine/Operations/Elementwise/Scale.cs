using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

public static partial class ElementwiseOperations
{
    /// <summary>Every element times a number: <c>[...] -> [...]</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x">Any shape.</param>
    /// <param name="factor">A constant.</param>
    public static Tensor Scale(this Tape tape, Tensor x, double factor) => ScaleOperation.Run(tape, x, factor);
}

internal sealed class ScaleOperation : GenericOperation
{
    private Tensor _input = null!;
    private double _factor;

    public static Tensor Run(Tape tape, Tensor x, double factor)
    {
        var output = tape.Rent(x.Shape);
        if (tape.Precision == Precision.Single)
            TensorPrimitives.Multiply(x.As<float>(), (float)factor, output.As<float>());
        else
            TensorPrimitives.Multiply(x.As<double>(), factor, output.As<double>());
        if (tape.Tracks(x))
        {
            var operation = tape.Record<ScaleOperation>(output);
            operation._input = x;
            operation._factor = factor;
        }
        return output;
    }

    protected override void Backward<T>(Tape tape)
    {
        var target = tape.GradientOf(_input).As<T>();
        TensorPrimitives.MultiplyAdd(Output.Gradient!.As<T>(), T.CreateChecked(_factor), target, target);
    }
}
