using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

public static partial class ElementwiseOperations
{
    /// <summary>Every row times a number of its own: <c>[..., features] and [...] -> [..., features]</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x"><c>[..., features]</c>.</param>
    /// <param name="factors"><c>[...]</c>.</param>
    /// <exception cref="ShapeException">There is not one factor for each row.</exception>
    public static Tensor ScaleRows(this Tape tape, Tensor x, Tensor factors) => ScaleRowsOperation.Run(tape, x, factors);
}

internal sealed class ScaleRowsOperation : GenericOperation
{
    private Tensor _input = null!;
    private Tensor _factors = null!;

    public static Shape OutputShape(Shape x, Shape factors)
    {
        if (x.Rank == 0 || factors != x.WithoutLast())
            throw new ShapeException($"ScaleRows: x has shape {x}, factors {factors}; there must be one factor for each row.");
        return x;
    }

    public static Tensor Run(Tape tape, Tensor x, Tensor factors)
    {
        var output = tape.Rent(OutputShape(x.Shape, factors.Shape));
        if (tape.Precision == Precision.Single)
            Forward<float>(x.As<float>(), factors.As<float>(), output.As<float>());
        else
            Forward<double>(x.As<double>(), factors.As<double>(), output.As<double>());
        if (tape.Tracks(x) || tape.Tracks(factors))
        {
            var operation = tape.Record<ScaleRowsOperation>(output);
            (operation._input, operation._factors) = (x, factors);
        }
        return output;
    }

    private static void Forward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> factors, Span<T> output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int features = factors.Length == 0 ? 0 : x.Length / factors.Length;
        for (int row = 0; row < factors.Length; row++)
            TensorPrimitives.Multiply(x.Slice(row * features, features), factors[row], output.Slice(row * features, features));
    }

    protected override void Backward<T>(Tape tape)
    {
        int features = Output.Shape.Last;
        ReadOnlySpan<T> gradient = Output.Gradient!.As<T>(), x = _input.As<T>(), factors = _factors.As<T>();
        var byInput = _input.TracksGradient ? tape.GradientOf(_input).As<T>() : default;
        var byFactors = _factors.TracksGradient ? tape.GradientOf(_factors).As<T>() : default;
        for (int row = 0; row < factors.Length; row++)
        {
            var dy = gradient.Slice(row * features, features);
            if (_input.TracksGradient)
            {
                var target = byInput.Slice(row * features, features);
                TensorPrimitives.MultiplyAdd(dy, factors[row], target, target);
            }
            if (_factors.TracksGradient)
                byFactors[row] += TensorPrimitives.Dot(dy, x.Slice(row * features, features));
        }
    }
}
