using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

public static partial class CategoricalOperations
{
    /// <summary>
    /// Log-probabilities from logits, <c>x - log(sum(exp(x)))</c> over the last axis, in nats:
    /// <c>[..., M] -> [..., M]</c>.
    /// </summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x"><c>[..., M]</c>, M at least 1.</param>
    /// <exception cref="ShapeException">There is no last axis, or it is empty.</exception>
    public static Tensor LogSoftmax(this Tape tape, Tensor x) => LogSoftmaxOperation.Run(tape, x);
}

internal sealed class LogSoftmaxOperation : GenericOperation
{
    private Tensor _input = null!;
    private Tensor _probabilities = null!;

    public static Shape OutputShape(Shape x)
    {
        SoftmaxRows.CheckShape("LogSoftmax", x);
        return x;
    }

    public static Tensor Run(Tape tape, Tensor x)
    {
        var output = tape.Rent(OutputShape(x.Shape));
        var probabilities = tape.Rent(x.Shape);
        if (tape.Precision == Precision.Single)
            Forward<float>(tape, x, output, probabilities);
        else
            Forward<double>(tape, x, output, probabilities);
        if (tape.Tracks(x))
        {
            var operation = tape.Record<LogSoftmaxOperation>(output);
            operation._input = x;
            operation._probabilities = probabilities;
        }
        return output;
    }

    private static void Forward<T>(Tape tape, Tensor x, Tensor output, Tensor probabilities)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var maxima = tape.Rent(x.Shape.WithoutLast());
        var logSums = tape.Rent(x.Shape.WithoutLast());
        SoftmaxRows.Run<T>(tape, x, probabilities, maxima, logSums);
        int columns = x.Shape.Last;
        ReadOnlySpan<T> logits = x.As<T>(), m = maxima.As<T>(), s = logSums.As<T>();
        var y = output.As<T>();
        for (int row = 0; row < m.Length; row++)
        {
            // The maximum goes first: it may be large, and the difference is exact where it matters.
            var target = y.Slice(row * columns, columns);
            TensorPrimitives.Subtract(logits.Slice(row * columns, columns), m[row], target);
            TensorPrimitives.Subtract(target, s[row], target);
        }
    }

    protected override void Backward<T>(Tape tape)
    {
        int columns = Output.Shape.Last;
        ReadOnlySpan<T> probabilities = _probabilities.As<T>(), gradient = Output.Gradient!.As<T>();
        var target = tape.GradientOf(_input).As<T>();
        TensorPrimitives.Add(target, gradient, target);
        for (int start = 0; start < target.Length; start += columns)
        {
            T sum = SoftmaxRows.Sum(gradient.Slice(start, columns));
            SoftmaxRows.AddScaled(probabilities.Slice(start, columns), -sum, target.Slice(start, columns));
        }
    }
}
