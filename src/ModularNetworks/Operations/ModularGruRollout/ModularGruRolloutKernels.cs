using System.Numerics;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>A modular gated recurrent unit whose controller selects modules step by step, without gradients.</summary>
internal static class ModularGruRolloutKernels
{
    /// <summary>
    /// Runs the unit over all time steps, selecting its modules. Every sequence is run
    /// <see cref="ModularGruRollout.Candidates"/> times; row <c>(t * candidates + candidate) * batch + b</c> of the results.
    /// </summary>
    /// <param name="kernels">The kernels that do the work.</param>
    /// <param name="input">The inputs of the unit; <see cref="ModularGruInput.Initial"/> is shared by all candidates.</param>
    /// <param name="rollout">How modules are selected.</param>
    /// <param name="hidden"><c>[steps * candidates * batch, hidden]</c>, every new state; overwritten.</param>
    /// <param name="selection"><c>[steps * candidates * batch, K]</c>, the selected modules; overwritten.</param>
    /// <param name="logProbability"><c>[candidates * batch]</c>, log p(a|x) of the whole sequence, in nats; overwritten.</param>
    public static void ModularGruRollout(
        this Kernels kernels,
        in ModularGruInput input,
        in ModularGruRollout rollout,
        Tensor hidden,
        IndexTensor selection,
        Tensor logProbability) =>
        kernels.Run(new ModularGruRolloutKernel(input, rollout, hidden, selection, logProbability));
}

internal readonly struct ModularGruRolloutKernel(
    ModularGruInput input, ModularGruRollout rollout, Tensor hidden, IndexTensor selection, Tensor logProbability) : IKernel
{
    public void RunPlain<T>(Kernels kernels)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        PlainModularGruRollout<T>.Run(input, rollout, hidden, selection, logProbability);

    public void RunVectors<TWidth, TVector>(Kernels kernels)
        where TWidth : IWidth<TVector>
        where TVector : unmanaged =>
        SimdModularGruRollout<TWidth, TVector>.Run(kernels, input, rollout, hidden, selection, logProbability);
}
