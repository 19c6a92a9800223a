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
    /// <param name="selection"><c>[rows, K]</c>, the picked modules; must not change before the backward pass.</param>
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
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public static Tensor GroupedLinear(
        this Tape tape, Tensor input, RowGroups groups, Tensor weight, Tensor? bias, int firstInput = 0) =>
        GroupedLinearOperation.Run(tape, input, groups, weight, bias, firstInput);
}
