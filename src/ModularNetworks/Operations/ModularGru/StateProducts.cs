using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Products of all time steps' states. Rows are time-major: row <c>t * batch + b</c>.</summary>
internal static class StateProducts
{
    /// <summary>The states before each step, <c>[steps * batch, hidden]</c>.</summary>
    /// <param name="tape">Lends the memory, and records the operations.</param>
    /// <param name="initial"><c>[batch, hidden]</c>, before the first step.</param>
    /// <param name="hidden"><c>[steps * batch, hidden]</c>, after each step.</param>
    public static Tensor StatesBefore(Tape tape, Tensor initial, Tensor hidden)
    {
        int later = hidden.Shape[0] - initial.Shape[0];
        return later == 0 ? initial : tape.ConcatenateRows(initial, tape.Rows(hidden, 0, later));
    }

    /// <summary>
    /// Passes gradients by products of states with a weight to the weight: sums, over all steps, the states before a step
    /// times the gradient.
    /// </summary>
    /// <param name="tape">Owns the gradients.</param>
    /// <param name="initial"><c>[batch, hidden]</c>, the states before the first step.</param>
    /// <param name="hidden"><c>[steps * batch, hidden]</c>, the new states of all steps.</param>
    /// <param name="byProducts"><c>[steps * batch, columns]</c>.</param>
    /// <param name="weight"><c>[hidden + inputs, columns]</c>, of which the first rows act on the states.</param>
    public static void AddWeightGradient(Tape tape, Tensor initial, Tensor hidden, Tensor byProducts, Tensor weight)
    {
        int batch = initial.Shape[0];
        var target = Matrix.Of(tape.GradientOf(weight)).RowRange(0, initial.Shape[1]);
        int later = byProducts.Shape[0] - batch;
        var first = Matrix.Of(byProducts).RowRange(0, batch);
        tape.Kernels.MatrixProduct(Matrix.Of(initial), true, first, false, target, accumulate: true);
        if (later == 0)
            return;
        var before = Matrix.Of(hidden).RowRange(0, later);
        var rest = Matrix.Of(byProducts).RowRange(batch, later);
        tape.Kernels.MatrixProduct(before, true, rest, false, target, accumulate: true);
    }
}
