using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The inputs and weights of a modular gated recurrent unit. Rows are time-major: row <c>t * batch + b</c>.</summary>
/// <param name="GateInputs">
/// <c>[steps * batch, 2 hidden]</c>, the inputs' share of the gates z and r, before the sigmoid; null where modules bring the
/// gates and are selected on the way.
/// </param>
/// <param name="Initial"><c>[batch, hidden]</c>, the states before the first step.</param>
/// <param name="GateWeight">The states' share of the gates.</param>
/// <param name="ModuleWeight">
/// The rows of the modules' matrices that act on the reset state, <c>[hidden, hidden]</c> each; all rows,
/// <c>[hidden + inputs, hidden]</c> each, where the modules are mixed.
/// </param>
/// <param name="Function">The activation of the proposed state.</param>
internal readonly record struct ModularGruInput(
    Tensor? GateInputs,
    Tensor Initial,
    GruGateWeight GateWeight,
    MatrixStack ModuleWeight,
    StateActivation Function = StateActivation.Relu)
{
    /// <summary>The number of sequences.</summary>
    public int Batch => Initial.Shape[0];

    /// <summary>The size of a state.</summary>
    public int Hidden => Initial.Shape[1];

    /// <summary>The number of time steps that some rows make.</summary>
    /// <param name="rows"><c>[steps * batch, ...]</c>.</param>
    public int StepsOf(Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Batch == 0 ? 0 : rows.Shape.Rows / Batch;
    }
}

/// <summary>The results of a modular gated recurrent unit.</summary>
/// <param name="Hidden"><c>[steps * batch, hidden]</c>, every new state h'.</param>
/// <param name="Gates"><c>[steps * batch, 2 hidden]</c>, the gates z and r.</param>
/// <param name="ProposedStates"><c>[steps * batch, hidden]</c>, the proposed states c.</param>
internal readonly record struct ModularGruStates(Tensor Hidden, Tensor Gates, Tensor ProposedStates);

/// <summary>The derivatives of the loss that a modular gated recurrent unit passes on.</summary>
/// <param name="Gates"><c>[steps * batch, 2 hidden]</c>, by the gates before the sigmoid.</param>
/// <param name="ProposedStates"><c>[steps * batch, hidden]</c>, by the proposed states before their activation.</param>
/// <param name="ResetStates"><c>[steps * batch, hidden]</c>, not a derivative: r * h, the input that the modules saw.</param>
/// <param name="Initial"><c>[batch, hidden]</c>, by the states before the first step.</param>
internal readonly record struct ModularGruGradients(Tensor Gates, Tensor ProposedStates, Tensor ResetStates, Tensor Initial);
