using System.Numerics;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>A modular gated recurrent unit (paper, appendix A) over a batch of sequences whose selections are known.</summary>
internal static class ModularGruKernels
{
    /// <summary>
    /// Runs the unit over all time steps:
    /// <code>
    /// z, r = sigmoid(gateInputs + h x gateWeight)
    /// c    = f(proposalInputs + sum_k (r * h) x moduleWeight[selection k])
    /// h'   = (1 - z) * h + z * c
    /// </code>
    /// with f relu or tanh. Rows are time-major: row <c>t * batch + b</c>.
    /// </summary>
    /// <param name="kernels">The kernels that do the work.</param>
    /// <param name="input">The inputs of the unit.</param>
    /// <param name="selection"><c>[steps * batch, K]</c>, the selected modules.</param>
    /// <param name="proposalInputs">
    /// <c>[steps * batch, hidden]</c>, the selected modules' share of the inputs and biases.
    /// </param>
    /// <param name="states">The results of the unit; overwritten.</param>
    public static void ModularGru(
        this Kernels kernels,
        in ModularGruInput input,
        IndexTensor selection,
        Tensor proposalInputs,
        in ModularGruStates states) =>
        kernels.Run(new ModularGruKernel(input, selection, proposalInputs, states));

    /// <summary>Passes gradients of <see cref="ModularGru"/> back through time, down to the pre-activations.</summary>
    /// <param name="kernels">The kernels that do the work.</param>
    /// <param name="input">The inputs of the unit.</param>
    /// <param name="selection"><c>[steps * batch, K]</c>, the selected modules.</param>
    /// <param name="states">The results of the unit.</param>
    /// <param name="hiddenGradient"><c>[steps * batch, hidden]</c>, the loss by every new state.</param>
    /// <param name="gradients">The results; overwritten.</param>
    public static void ModularGruGradients(
        this Kernels kernels,
        in ModularGruInput input,
        IndexTensor selection,
        in ModularGruStates states,
        Tensor hiddenGradient,
        in ModularGruGradients gradients) =>
        kernels.Run(new ModularGruGradientsKernel(input, selection, states, hiddenGradient, gradients));
}

internal readonly struct ModularGruKernel(
    ModularGruInput input, IndexTensor selection, Tensor proposalInputs, ModularGruStates states) : IKernel
{
    public void RunPlain<T>(Kernels kernels)
        where T : unmanaged, IFloatingPointIeee754<T> => PlainModularGru<T>.Run(input, selection, proposalInputs, states);

    public void RunVectors<TWidth, TVector>(Kernels kernels)
        where TWidth : IWidth<TVector>
        where TVector : unmanaged =>
        SimdModularGru<TWidth, TVector>.Run(kernels, input, selection, proposalInputs, states);
}

internal readonly struct ModularGruGradientsKernel(
    ModularGruInput input,
    IndexTensor selection,
    ModularGruStates states,
    Tensor hiddenGradient,
    ModularGruGradients gradients) : IKernel
{
    public void RunPlain<T>(Kernels kernels)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        PlainModularGru<T>.RunGradients(input, selection, states, hiddenGradient, gradients);

    public void RunVectors<TWidth, TVector>(Kernels kernels)
        where TWidth : IWidth<TVector>
        where TVector : unmanaged =>
        SimdModularGruGradients<TWidth, TVector>.Run(kernels, input, selection, states, hiddenGradient, gradients);
}
