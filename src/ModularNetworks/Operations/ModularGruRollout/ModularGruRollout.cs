using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The inputs and weights by which a running unit selects its modules.</summary>
/// <param name="Inputs"><c>[steps * batch, inputs]</c>, what the modules read beside the reset state.</param>
/// <param name="InputWeight">The rows of the modules' matrices that act on the inputs, <c>[inputs, hidden]</c> each.</param>
/// <param name="GateInputWeight">
/// The rows of the gate modules' matrices that act on the inputs, <c>[inputs, 2 hidden]</c> each; null if gates are shared.
/// </param>
/// <param name="ModuleBias"><c>[modules, hidden]</c>.</param>
/// <param name="ControllerInputs"><c>[steps * batch, K * modules]</c>, the inputs' share of the controller's logits.</param>
/// <param name="ControllerWeight"><c>[hidden, K * modules]</c>, the states' share of the controller's logits.</param>
/// <param name="Picks">K.</param>
/// <param name="Candidates">The number of times that each sequence is run.</param>
/// <param name="First"><c>[steps * batch, K]</c>, the selections of candidate 0; null if it is chosen like the others.</param>
/// <param name="Key">Draws the other candidates' modules; null to take the most probable ones.</param>
internal readonly record struct ModularGruRollout(
    Tensor Inputs,
    MatrixStack InputWeight,
    MatrixStack? GateInputWeight,
    Tensor ModuleBias,
    Tensor ControllerInputs,
    Matrix ControllerWeight,
    int Picks,
    int Candidates,
    IndexTensor? First,
    RandomKey? Key);
