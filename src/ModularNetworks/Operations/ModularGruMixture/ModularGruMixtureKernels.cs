using System.Numerics;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A modular gated recurrent unit that mixes the k modules which noisy top-k gating (Shazeer et al. 2017, section 2.1)
/// selects at every step.
/// </summary>
internal static class ModularGruMixtureKernels
{
    /// <summary>
    /// Runs the unit over all time steps:
    /// <code>
    /// z, r = sigmoid(gateInputs + h x gateWeight)
    /// q, n = gatingInputs + h x gatingWeight
    /// H    = q + noise * softplus(n)
    /// g    = softmax(the k largest of H)
    /// c    = f(sum_k g_k ([r * h, x] x moduleWeight[selection k] + moduleBias[selection k]))
    /// h'   = (1 - z) * h + z * c
    /// </code>
    /// with f relu or tanh. Rows are time-major: row <c>t * batch + b</c>.
    /// </summary>
    /// <param name="kernels">The kernels that do the work.</param>
    /// <param name="input">The inputs of the unit.</param>
    /// <param name="mixture">How it gates its modules.</param>
    /// <param name="states">The results of the unit; overwritten.</param>
    public static void ModularGruMixture(
        this Kernels kernels,
        in ModularGruInput input,
        in ModularGruMixture mixture,
        in ModularGruMixtureStates states) =>
        kernels.Run(new ModularGruMixtureKernel(input, mixture, states));

    /// <summary>
    /// Passes gradients of <see cref="ModularGruMixture"/> back through time, down to the pre-activations. Which modules
    /// are selected has no derivative.
    /// </summary>
    /// <param name="kernels">The kernels that do the work.</param>
    /// <param name="input">The inputs of the unit.</param>
    /// <param name="mixture">How it gated its modules.</param>
    /// <param name="states">The results of the unit.</param>
    /// <param name="hiddenGradient"><c>[steps * batch, hidden]</c>, the loss by every new state.</param>
    /// <param name="gradients">The results; overwritten.</param>
    public static void ModularGruMixtureGradients(
        this Kernels kernels,
        in ModularGruInput input,
        in ModularGruMixture mixture,
        in ModularGruMixtureStates states,
        Tensor hiddenGradient,
        in ModularGruMixtureGradients gradients) =>
        kernels.Run(new ModularGruMixtureGradientsKernel(input, mixture, states, hiddenGradient, gradients));
}

internal readonly struct ModularGruMixtureKernel(
    ModularGruInput input, ModularGruMixture mixture, ModularGruMixtureStates states) : IKernel
{
    public void RunPlain<T>(Kernels kernels)
        where T : unmanaged, IFloatingPointIeee754<T> => PlainModularGruMixture<T>.Run(input, mixture, states);

    public void RunVectors<TWidth, TVector>(Kernels kernels)
        where TWidth : IWidth<TVector>
        where TVector : unmanaged => SimdModularGruMixture<TWidth, TVector>.Run(kernels, input, mixture, states);
}

internal readonly struct ModularGruMixtureGradientsKernel(
    ModularGruInput input,
    ModularGruMixture mixture,
    ModularGruMixtureStates states,
    Tensor hiddenGradient,
    ModularGruMixtureGradients gradients) : IKernel
{
    public void RunPlain<T>(Kernels kernels)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        PlainModularGruMixtureGradients<T>.Run(input, mixture, states, hiddenGradient, gradients);

    public void RunVectors<TWidth, TVector>(Kernels kernels)
        where TWidth : IWidth<TVector>
        where TVector : unmanaged =>
        SimdModularGruMixtureGradients<TWidth, TVector>.Run(kernels, input, mixture, states, hiddenGradient, gradients);
}
