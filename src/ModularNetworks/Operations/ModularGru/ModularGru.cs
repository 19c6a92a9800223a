using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The modular gated recurrent unit as a differentiable operation.</summary>
public static class ModularGruOperations
{
    /// <summary>
    /// All time steps of a modular gated recurrent unit (paper, appendix A) whose selections are known; see
    /// <see cref="ModularGruKernels.ModularGru"/>. Rows are time-major: row <c>t * batch + b</c>.
    /// </summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="gateInputs"><c>[steps * batch, 2 hidden]</c>, the inputs' share of the gates z and r.</param>
    /// <param name="proposalInputs">
    /// <c>[steps * batch, hidden]</c>, the selected modules' share of the inputs and biases.
    /// </param>
    /// <param name="initial"><c>[batch, hidden]</c>, the states before the first step.</param>
    /// <param name="gateWeight"><c>[hidden + inputs, 2 hidden]</c>, of which the first rows act on the states.</param>
    /// <param name="moduleWeight">
    /// <c>[modules, hidden + inputs, hidden]</c>, of which the first rows act on the reset states.
    /// </param>
    /// <param name="selection"><c>[steps * batch, K]</c>, the selected modules.</param>
    /// <param name="groups">The selection sorted by module.</param>
    /// <param name="function">The activation of the proposed state.</param>
    /// <returns>The new states, <c>[steps * batch, hidden]</c>.</returns>
    /// <exception cref="ShapeException">The shapes do not fit each other.</exception>
    public static Tensor ModularGru(
        this Tape tape,
        Tensor gateInputs,
        Tensor proposalInputs,
        Tensor initial,
        Tensor gateWeight,
        Tensor moduleWeight,
        IndexTensor selection,
        in RowGroups groups,
        StateActivation function = StateActivation.Relu) =>
        ModularGruOperation.Run(
            tape, gateInputs, proposalInputs, initial, gateWeight, moduleWeight, selection, groups, function);
}
