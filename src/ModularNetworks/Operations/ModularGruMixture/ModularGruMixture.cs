using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The modular gated recurrent unit that mixes modules as a differentiable operation.</summary>
public static class ModularGruMixtureOperations
{
    /// <summary>
    /// All time steps of a modular gated recurrent unit that mixes, at every step, the modules which noisy top-k gating
    /// selects (Shazeer et al. 2017, section 2.1); see <see cref="ModularGruMixtureKernels.ModularGruMixture"/>. Rows are
    /// time-major: row <c>t * batch + b</c>.
    /// </summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="inputs">What the unit reads at every step.</param>
    /// <param name="initial"><c>[batch, hidden]</c>, the states before the first step.</param>
    /// <param name="weights">The unit's weights.</param>
    /// <param name="noise"><c>[steps * batch, modules]</c>, standard normal numbers; null for none.</param>
    /// <param name="picks">k, the number of modules that are mixed, from 1 to the number of modules.</param>
    /// <exception cref="ShapeException">The shapes do not fit each other, or there are fewer than k modules.</exception>
    public static ModularGruMixed ModularGruMixture(
        this Tape tape,
        in ModularGruMixtureInputs inputs,
        Tensor initial,
        in ModularGruMixtureWeights weights,
        Tensor? noise,
        int picks) =>
        ModularGruMixtureOperation.Run(tape, inputs, initial, weights, noise, picks);
}

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
