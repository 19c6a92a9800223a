using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Linear maps by the modules picked for each row as a differentiable operation.</summary>
public static class GroupedLinearOperations
{
    /// <summary>
    /// Applies to every row the linear maps of the modules picked for it:
    /// <c>output[r, k] = input[r] x weight[m] + bias[m]</c> with <c>m = selection[r, k]</c>. A module picked twice by
    /// one row is applied, and learns, twice. The cost follows the number of picks, not the number of modules.
    /// </summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="input"><c>[rows, inputs]</c>.</param>
    /// <param name="selection"><c>[rows, K]</c>, the picked modules.</param>
    /// <param name="weight"><c>[modules, all inputs, outputs]</c>.</param>
    /// <param name="bias"><c>[modules, outputs]</c>, or null for none.</param>
    /// <param name="firstInput">
    /// Which of the modules' inputs the first column of <paramref name="input"/> is, when their inputs come in parts.
    /// </param>
    /// <returns><c>[rows, K, outputs]</c>.</returns>
    /// <exception cref="ShapeException">The shapes do not fit, or a selected module does not exist.</exception>
    public static Tensor GroupedLinear(
        this Tape tape, Tensor input, IndexTensor selection, Tensor weight, Tensor? bias, int firstInput = 0)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentNullException.ThrowIfNull(weight);
        return GroupedLinearOperation.Run(
            tape, input, RowGroups.Sort(tape, selection, weight.Shape[0]), weight, bias, firstInput);
    }

    /// <summary>The same with picks that are sorted already, so that operations can share the sorting.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="input"><c>[rows, inputs]</c>.</param>
    /// <param name="groups">The picks of all rows, sorted by module.</param>
    /// <param name="weight"><c>[modules, all inputs, outputs]</c>.</param>
    /// <param name="bias"><c>[modules, outputs]</c>, or null for none.</param>
    /// <param name="firstInput">Which of the modules' inputs the first column of <paramref name="input"/> is.</param>
    /// <returns><c>[rows, K, outputs]</c>.</returns>
    /// <exception cref="ShapeException">The shapes do not fit, or a picked module does not exist.</exception>
    /// <exception cref="InvalidOperationException">The picks were sorted on another tape, or before this one was reset.</exception>
    public static Tensor GroupedLinear(
        this Tape tape, Tensor input, RowGroups groups, Tensor weight, Tensor? bias, int firstInput = 0) =>
        GroupedLinearOperation.Run(tape, input, groups, weight, bias, firstInput);
}

internal sealed class GroupedLinearOperation : Operation
{
    private Tensor _input = null!;
    private RowGroups _groups;
    private MatrixStack _weight;
    private Tensor? _bias;
    private bool _inRowOrder;

    public static Shape OutputShape(Shape input, int picks, int picksPerRow, Shape weight, Shape? bias, int firstInput)
    {
        if (input.Rank != 2 || picksPerRow < 1 || (long)input[0] * picksPerRow != picks)
        {
            throw new ShapeException(
                $"GroupedLinear: input has shape {input}, the selection {Counted.Of(picks, "pick")}, {picksPerRow} a row; the input "
                + "must be [rows, inputs] with as many rows as the selection. Flatten other axes into rows.");
        }
        if (weight.Rank != 3 || firstInput < 0 || input[1] > weight[1] - firstInput)
        {
            throw new ShapeException(
                $"GroupedLinear: {input[1]} inputs from {firstInput} do not lie within a weight of shape "
                + $"{weight}, which must be [modules, inputs, outputs]. Check the modules' input size.");
        }
        if (bias is { } given && given != new Shape(weight[0], weight[2]))
        {
            throw new ShapeException(
                $"GroupedLinear: bias has shape {given}, weight {weight}; the bias must be "
                + $"{new Shape(weight[0], weight[2])}, one row for each module.");
        }
        return new Shape(input[0], picksPerRow, weight[2]);
    }

    public static Tensor Run(
        Tape tape, Tensor input, RowGroups groups, Tensor weight, Tensor? bias, int firstInput, bool inRowOrder = false)
    {
        groups.Require("GroupedLinear", tape, weight.Shape.Rank == 0 ? 0 : weight.Shape[0]);
        var shape = OutputShape(
            input.Shape, groups.Picks.Shape.Count, groups.PicksPerRow, weight.Shape, bias?.Shape, firstInput);
        var output = tape.Rent(shape);
        var used = new MatrixStack(weight, firstInput, input.Shape[1]);
        tape.Kernels.GroupedProduct(groups, Matrix.Of(input), used, bias, Matrix.Of(output));
        if (tape.Tracks(input) || tape.Tracks(weight) || (bias is not null && tape.Tracks(bias)))
        {
            var operation = tape.Record<GroupedLinearOperation>(output);
            operation._input = input;
            operation._groups = groups;
            operation._weight = used;
            operation._bias = bias;
            operation._inRowOrder = inRowOrder;
        }
        return output;
    }

    protected internal override void Backward(Tape tape)
    {
        var gradient = Matrix.Of(Output.Gradient!);
        if (_input.TracksGradient)
        {
            var target = Matrix.Of(tape.GradientOf(_input));
            tape.Kernels.GroupedProductInputGradient(_groups, gradient, _weight, target);
        }
        bool tracksBias = _bias is { TracksGradient: true };
        if (_weight.Tensor.TracksGradient || tracksBias)
        {
            // Nobody reads the gradient of weights that are held fixed.
            var weightGradient = _weight.Tensor.TracksGradient
                ? tape.GradientOf(_weight.Tensor, _groups)
                : tape.Rent(_weight.Tensor.Shape);
            var weightTarget = _weight.In(weightGradient);
            var biasTarget = tracksBias ? tape.GradientOf(_bias!, _groups) : null;
            tape.Kernels.GroupedProductWeightGradient(_groups, Matrix.Of(_input), gradient, weightTarget, biasTarget, _inRowOrder);
        }
    }
}
