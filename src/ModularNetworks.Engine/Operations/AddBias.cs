using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

public static partial class TapeOperations
{
    /// <summary>Adds one row to all rows: <c>[..., features] and [features] -> [..., features]</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x"><c>[..., features]</c>.</param>
    /// <param name="bias"><c>[features]</c>.</param>
    /// <exception cref="ShapeException">The numbers of features differ.</exception>
    public static Tensor AddBias(this Tape tape, Tensor x, Tensor bias) => AddBiasOperation.Run(tape, x, bias);
}

internal sealed class AddBiasOperation : Operation
{
    private Tensor _input = null!;
    private Tensor _bias = null!;

    public static Shape OutputShape(Shape x, Shape bias)
    {
        if (bias.Rank != 1 || x.Rank == 0 || x.Last != bias[0])
        {
            throw new ShapeException(
                $"AddBias: x has shape {x}, bias {bias}; bias must have one axis, as long as the last of x. Check the "
                + "layer's output size.");
        }
        return x;
    }

    public static Tensor Run(Tape tape, Tensor x, Tensor bias)
    {
        var output = tape.Rent(OutputShape(x.Shape, bias.Shape));
        if (tape.Precision == Precision.Single)
            Forward<float>(x.As<float>(), bias.As<float>(), output.As<float>());
        else
            Forward<double>(x.As<double>(), bias.As<double>(), output.As<double>());
        if (tape.Tracks(x) || tape.Tracks(bias))
        {
            var operation = tape.Record<AddBiasOperation>(output);
            operation._input = x;
            operation._bias = bias;
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

    private static void Forward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> bias, Span<T> output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int features = bias.Length;
        for (int start = 0; start < x.Length; start += features)
            TensorPrimitives.Add(x.Slice(start, features), bias, output.Slice(start, features));
    }

    private void Backward<T>(Tape tape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var gradient = Output.Gradient!.As<T>();
        if (_input.TracksGradient)
        {
            var target = tape.GradientOf(_input).As<T>();
            TensorPrimitives.Add(target, gradient, target);
        }
        if (_bias.TracksGradient)
        {
            var target = tape.GradientOf(_bias).As<T>();
            for (int start = 0; start < gradient.Length; start += target.Length)
                TensorPrimitives.Add(target, gradient.Slice(start, target.Length), target);
        }
    }
}
