using System.Numerics;

namespace ModularNetworks.Engine;

public static partial class ReductionOperations
{
    /// <summary>
    /// The squared coefficient of variation of all elements, their variance over their squared mean: <c>[...] -> []</c>. It
    /// is 0 when all are equal, and, by definition here, when their mean is 0.
    /// </summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x">At least one element.</param>
    /// <exception cref="ShapeException">There are no elements.</exception>
    public static Tensor SquaredVariation(this Tape tape, Tensor x) => SquaredVariationOperation.Run(tape, x);
}

internal sealed class SquaredVariationOperation : GenericOperation
{
    private Tensor _input = null!;

    public static Shape OutputShape(Shape x)
    {
        if (x.Count == 0)
            throw new ShapeException($"SquaredVariation: x has shape {x}; it needs at least one element.");
        return Shape.Scalar;
    }

    public static Tensor Run(Tape tape, Tensor x)
    {
        var output = tape.Rent(OutputShape(x.Shape));
        if (tape.Precision == Precision.Single)
            Forward<float>(x.As<float>(), output.As<float>());
        else
            Forward<double>(x.As<double>(), output.As<double>());
        if (tape.Tracks(x))
            tape.Record<SquaredVariationOperation>(output)._input = x;
        return output;
    }

    private static void Forward<T>(ReadOnlySpan<T> x, Span<T> output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (mean, variance) = Moments(x);
        output[0] = T.CreateTruncating(mean == 0 ? 0 : variance / (mean * mean));
    }

    protected override void Backward<T>(Tape tape)
    {
        ReadOnlySpan<T> x = _input.As<T>();
        var (mean, variance) = Moments(x);
        if (mean == 0)
            return;
        var target = tape.GradientOf(_input).As<T>();
        double factor = 2 * double.CreateTruncating(Output.Gradient!.As<T>()[0]) / (x.Length * mean * mean);
        for (int i = 0; i < x.Length; i++)
            target[i] += T.CreateTruncating(factor * (double.CreateTruncating(x[i]) - mean - (variance / mean)));
    }

    private static (double Mean, double Variance) Moments<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double sum = 0, squares = 0;
        foreach (T element in x)
            sum += double.CreateTruncating(element);
        double mean = sum / x.Length;
        foreach (T element in x)
        {
            double difference = double.CreateTruncating(element) - mean;
            squares += difference * difference;
        }
        return (mean, squares / x.Length);
    }
}
