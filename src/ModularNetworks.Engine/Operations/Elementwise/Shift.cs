using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

public static partial class ElementwiseOperations
{
    /// <summary>Adds a constant to every element: <c>x + amount</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x">Any shape.</param>
    /// <param name="amount">The constant.</param>
    public static Tensor Shift(this Tape tape, Tensor x, double amount) => ShiftOperation.Run(tape, x, amount);
}

internal sealed class ShiftOperation : Operation
{
    private Tensor _input = null!;

    public static Tensor Run(Tape tape, Tensor x, double amount)
    {
        var output = tape.Rent(x.Shape);
        if (tape.Precision == Precision.Single)
            TensorPrimitives.Add<float>(x.As<float>(), (float)amount, output.As<float>());
        else
            TensorPrimitives.Add<double>(x.As<double>(), amount, output.As<double>());
        if (tape.Tracks(x))
            tape.Record<ShiftOperation>(output)._input = x;
        return output;
    }

    protected internal override void Backward(Tape tape) => GradientSum.Add(tape, _input, Output.Gradient!);
}
