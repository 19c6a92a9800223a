using System.Numerics;

namespace ModularNetworks.Engine;

public static partial class CategoricalOperations
{
    /// <summary>
    /// The log-probability in nats of the selected class, <c>logit[selected] - log(sum(exp(logits)))</c>:
    /// <c>[..., M] and [...] -> [...]</c>.
    /// </summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="logits"><c>[..., M]</c>, M at least 1.</param>
    /// <param name="selected"><c>[...]</c>, numbers from 0 to M - 1.</param>
    /// <exception cref="ShapeException">The shapes do not fit, or a selected class does not exist.</exception>
    public static Tensor CategoricalLogProbability(this Tape tape, Tensor logits, IndexTensor selected) =>
        CategoricalLogProbabilityOperation.Run(tape, logits, null, selected);

    /// <summary>
    /// The log-probabilities of choices whose distributions are known already, so that no softmax is computed again.
    /// </summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="rows">The logits and their probabilities.</param>
    /// <param name="selected">A choice for every row, or for every copy of it: numbers from 0 to M - 1.</param>
    /// <exception cref="ShapeException">The shapes do not fit, or a selected class does not exist.</exception>
    public static Tensor CategoricalLogProbability(this Tape tape, in CategoricalRows rows, IndexTensor selected) =>
        CategoricalLogProbabilityOperation.Run(tape, rows.Logits, rows, selected);
}

internal sealed unsafe class CategoricalLogProbabilityOperation : GenericOperation
{
    private Tensor _logits = null!;
    private Tensor _probabilities = null!;
    private IndexTensor _selected = null!;

    public static Shape OutputShape(Shape logits, Shape selected, int copies)
    {
        SoftmaxRows.CheckShape("CategoricalLogProbability", logits);
        var choices = CategoricalRows.ShapeOfChoices(logits, copies);
        if (selected != choices)
        {
            throw new ShapeException(
                $"CategoricalLogProbability: logits have shape {logits}, selected {selected}; there must be one "
                + $"selected class for each row of logits, that is {choices}.");
        }
        return selected;
    }

    public static Tensor Run(Tape tape, Tensor logits, CategoricalRows? known, IndexTensor selected)
    {
        var output = tape.Rent(OutputShape(logits.Shape, selected.Shape, known?.Copies ?? 1));
        IndexRange.Require("CategoricalLogProbability", "class", selected.Values, logits.Shape.Last);
        var rows = known ?? tape.Categorical(logits);
        if (tape.Precision == Precision.Single)
            Forward<float>(rows, selected, output);
        else
            Forward<double>(rows, selected, output);
        if (tape.Tracks(logits))
        {
            var operation = tape.Record<CategoricalLogProbabilityOperation>(output);
            operation._logits = logits;
            operation._probabilities = rows.Probabilities;
            operation._selected = tape.Keep(selected);
        }
        return output;
    }

    private static void Forward<T>(in CategoricalRows rows, IndexTensor selected, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int columns = rows.Logits.Shape.Last;
        ReadOnlySpan<T> x = rows.Logits.As<T>(), m = rows.Maxima.As<T>(), s = rows.LogSums.As<T>();
        ReadOnlySpan<int> choices = selected.Values;
        var y = output.As<T>();
        for (int choice = 0, row = 0; choice < y.Length; choice++)
        {
            y[choice] = x[(row * columns) + choices[choice]] - m[row] - s[row];
            row = row + 1 == m.Length ? 0 : row + 1;
        }
    }

    protected override void Backward<T>(Tape tape)
    {
        int rows = _logits.Shape.Rows, columns = _logits.Shape.Last, choices = Output.Shape.Count;
        int rowsPerBlock = Math.Max(1, ElementBlocks.Elements / columns);
        var target = tape.GradientOf(_logits, out bool isNew);
        long count = (long)rows * columns;
        fixed (T* p = _probabilities.As<T>(count), dy = Output.Gradient!.As<T>(choices), dx = target.As<T>(count))
        {
            var kernel = new GradientBlock<T>(p, dy, _selected.PointerTo(choices, bound: columns), dx, isNew, choices, rows, columns, rowsPerBlock);
            tape.Kernels.Workers.Run((rows + rowsPerBlock - 1) / rowsPerBlock, kernel);
        }
        GC.KeepAlive(_selected);
    }

    private readonly struct GradientBlock<T>(
        T* probabilities, T* gradient, int* selected, T* target, bool isNew, int choices, int rows, int columns, int rowsPerBlock)
        : IBlockKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int block, int worker)
        {
            int end = Math.Min(rows, (block + 1) * rowsPerBlock);
            for (int row = block * rowsPerBlock; row < end; row++)
            {
                long start = (long)row * columns;
                var dx = new Span<T>(target + start, columns);
                if (isNew)
                    dx.Clear();
                for (int choice = row; choice < choices; choice += rows)
                {
                    SoftmaxRows.AddScaled(new ReadOnlySpan<T>(probabilities + start, columns), -gradient[choice], dx);
                    dx[selected[choice]] += gradient[choice];
                }
            }
        }
    }
}
