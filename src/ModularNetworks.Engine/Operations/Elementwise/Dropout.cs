using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

public static partial class ElementwiseOperations
{
    /// <summary>
    /// Sets each element to zero with probability <paramref name="rate"/> and divides the others by <c>1 - rate</c>,
    /// which
    /// keeps the mean (Srivastava et al. 2014): <c>[...] -> [...]</c>. For training only.
    /// </summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x">Any shape.</param>
    /// <param name="rate">At least 0 and below 1; with 0 the result is <paramref name="x"/> itself.</param>
    /// <param name="key">Element <c>i</c> uses number <c>i</c> of this key.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not in [0, 1).</exception>
    public static Tensor Dropout(this Tape tape, Tensor x, double rate, RandomKey key) =>
        DropoutOperation.Run(tape, x, rate, key);
}

internal sealed class DropoutOperation : GenericOperation
{
    private Tensor _input = null!;
    private Tensor _mask = null!;

    public static Shape OutputShape(Shape x, double rate)
    {
        if (!(rate >= 0 && rate < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(rate), $"Dropout: the rate is {rate}, x has shape {x}; the rate must be at least 0 and "
                    + "below 1.");
        }
        return x;
    }

    public static Tensor Run(Tape tape, Tensor x, double rate, RandomKey key)
    {
        var shape = OutputShape(x.Shape, rate);
        if (rate == 0)
            return x;
        var mask = tape.Rent(shape);
        var output = tape.Rent(shape);
        if (tape.Precision == Precision.Single)
            Forward<float>(x, rate, key, mask, output);
        else
            Forward<double>(x, rate, key, mask, output);
        if (tape.Tracks(x))
        {
            var operation = tape.Record<DropoutOperation>(output);
            operation._input = x;
            operation._mask = mask;
        }
        return output;
    }

    private static void Forward<T>(Tensor x, double rate, RandomKey key, Tensor mask, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T kept = T.CreateChecked(1 / (1 - rate));
        var factors = mask.As<T>();
        for (int i = 0; i < factors.Length; i++)
            factors[i] = key.Uniform((ulong)i) < rate ? T.Zero : kept;
        TensorPrimitives.Multiply(x.As<T>(), factors, output.As<T>());
    }

    protected override void Backward<T>(Tape tape)
    {
        var target = tape.GradientOf(_input).As<T>();
        TensorPrimitives.MultiplyAdd(Output.Gradient!.As<T>(), _mask.As<T>(), target, target);
    }
}
