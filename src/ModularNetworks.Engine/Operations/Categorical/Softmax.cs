namespace ModularNetworks.Engine;

public static partial class CategoricalOperations
{
    /// <summary>
    /// Probabilities from logits, <c>exp(x) / sum(exp(x))</c> over the last axis: <c>[..., M] -> [..., M]</c>.
    /// </summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x"><c>[..., M]</c>, M at least 1.</param>
    /// <exception cref="ShapeException">There is no last axis, or it is empty.</exception>
    public static Tensor Softmax(this Tape tape, Tensor x) => SoftmaxOperation.Run(tape, x);
}

internal sealed class SoftmaxOperation : GenericOperation
{
    private Tensor _input = null!;

    public static Shape OutputShape(Shape x)
    {
        SoftmaxRows.CheckShape("Softmax", x);
        return x;
    }

    public static Tensor Run(Tape tape, Tensor x)
    {
        var output = tape.Rent(OutputShape(x.Shape));
        var maxima = tape.Rent(x.Shape.WithoutLast());
        var logSums = tape.Rent(x.Shape.WithoutLast());
        if (tape.Precision == Precision.Single)
            SoftmaxRows.Run<float>(tape, x, output, maxima, logSums);
        else
            SoftmaxRows.Run<double>(tape, x, output, maxima, logSums);
        if (tape.Tracks(x))
            tape.Record<SoftmaxOperation>(output)._input = x;
        return output;
    }

    protected override void Backward<T>(Tape tape)
    {
        int columns = Output.Shape.Last;
        ReadOnlySpan<T> probabilities = Output.As<T>(), gradient = Output.Gradient!.As<T>();
        var target = tape.GradientOf(_input).As<T>();
        for (int start = 0; start < target.Length; start += columns)
        {
            var p = probabilities.Slice(start, columns);
            var dy = gradient.Slice(start, columns);
            T mean = T.Zero;
            for (int i = 0; i < columns; i++)
                mean += p[i] * dy[i];
            var dx = target.Slice(start, columns);
            for (int i = 0; i < columns; i++)
                dx[i] += p[i] * (dy[i] - mean);
        }
    }
}
