using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// How a running unit gates its modules: noisy top-k gating (Shazeer et al. 2017, section 2.1) of M modules by [h, x].
/// </summary>
/// <param name="Inputs"><c>[steps * batch, inputs]</c>, what the modules read beside the reset state.</param>
/// <param name="ModuleBias"><c>[modules, hidden]</c>.</param>
/// <param name="GatingInputs">
/// <c>[steps * batch, 2 modules]</c>, the inputs' share of the clean logits and, after them, of the noise logits.
/// </param>
/// <param name="GatingWeight"><c>[hidden, 2 modules]</c>, the states' share of the same.</param>
/// <param name="Noise"><c>[steps * batch, modules]</c>, standard normal numbers; null for none.</param>
internal readonly record struct ModularGruMixture(
    Tensor Inputs, Tensor ModuleBias, Tensor GatingInputs, Matrix GatingWeight, Tensor? Noise)
{
    /// <summary>M.</summary>
    public int Modules => ModuleBias.Shape[0];
}

/// <summary>All that a modular gated recurrent unit with a mixture of modules computes.</summary>
/// <param name="Unit">States, gates z and r, and proposed states.</param>
/// <param name="ModuleInputs"><c>[steps * batch, hidden + inputs]</c>, what the modules read: [r * h, x].</param>
/// <param name="Selection"><c>[steps * batch, k]</c>, the modules with the largest logits, the largest first.</param>
/// <param name="Shares"><c>[steps * batch, k]</c>, the gates' values: the selected modules' shares, which add up to 1.</param>
/// <param name="NoiseSlopes">
/// <c>[steps * batch, k]</c>, the derivatives of the selected modules' logits by their noise logits; zero without noise.
/// </param>
internal readonly record struct ModularGruMixtureStates(
    ModularGruStates Unit,
    Tensor ModuleInputs,
    IndexTensor Selection,
    Tensor Shares,
    Tensor NoiseSlopes);

/// <summary>The derivatives of the loss that a modular gated recurrent unit with a mixture of modules passes on.</summary>
/// <param name="Gates"><c>[steps * batch, 2 hidden]</c>, by the gates z and r before the sigmoid.</param>
/// <param name="Gating"><c>[steps * batch, 2 modules]</c>, by the clean and the noise logits.</param>
/// <param name="Outputs"><c>[steps * batch, k, hidden]</c>, by the selected modules' outputs.</param>
/// <param name="Inputs"><c>[steps * batch, inputs]</c>, by what the modules read beside the reset state.</param>
/// <param name="Initial"><c>[batch, hidden]</c>, by the states before the first step.</param>
internal readonly record struct ModularGruMixtureGradients(
    Tensor Gates, Tensor Gating, Tensor Outputs, Tensor Inputs, Tensor Initial);

/// <summary>The inputs of a modular gated recurrent unit with a mixture of modules, at every step.</summary>
/// <param name="Modules"><c>[steps * batch, inputs]</c>, x, which the modules read beside the reset state.</param>
/// <param name="Gates"><c>[steps * batch, 2 hidden]</c>, the inputs' share of the gates z and r.</param>
/// <param name="Gating">
/// <c>[steps * batch, 2 modules]</c>, the inputs' share of the clean logits and, after them, of the noise logits.
/// </param>
public readonly record struct ModularGruMixtureInputs(Tensor Modules, Tensor Gates, Tensor Gating);

/// <summary>The weights of a modular gated recurrent unit with a mixture of modules.</summary>
/// <param name="Gates"><c>[hidden + inputs, 2 hidden]</c>, of which the first rows act on the states.</param>
/// <param name="Gating"><c>[hidden + inputs, 2 modules]</c>, of which the first rows act on the states.</param>
/// <param name="Modules"><c>[modules, hidden + inputs, hidden]</c>.</param>
/// <param name="ModuleBias"><c>[modules, hidden]</c>.</param>
/// <param name="Function">The activation of the proposed state.</param>
public readonly record struct ModularGruMixtureWeights(
    Tensor Gates, Tensor Gating, Tensor Modules, Tensor ModuleBias, StateActivation Function = StateActivation.Relu);

/// <summary>The results of a modular gated recurrent unit with a mixture of modules.</summary>
/// <param name="Hidden"><c>[steps * batch, hidden]</c>, the new states.</param>
/// <param name="Selection"><c>[steps * batch, k]</c>, the mixed modules, the one with the largest share first.</param>
/// <param name="Shares"><c>[steps * batch, k]</c>, their shares, which add up to 1; without a gradient of their own.</param>
public readonly record struct ModularGruMixed(Tensor Hidden, IndexTensor Selection, Tensor Shares);
