namespace ModularNetworks.Engine;

public abstract partial class Kernels
{
    /// <summary>
    /// Runs a modular gated recurrent unit that mixes the k modules which noisy top-k gating (Shazeer et al. 2017, section
    /// 2.1) selects at every step:
    /// <code>
    /// z, r = sigmoid(gateInputs + h x gateWeight)
    /// q, n = gatingInputs + h x gatingWeight
    /// H    = q + noise * softplus(n)
    /// g    = softmax(the k largest of H)
    /// c    = relu(sum_k g_k ([r * h, x] x moduleWeight[selection k] + moduleBias[selection k]))
    /// h'   = (1 - z) * h + z * c
    /// </code>
    /// Rows are time-major: row <c>t * batch + b</c>.
    /// </summary>
    /// <param name="input">What the unit reads.</param>
    /// <param name="mixture">How it gates its modules.</param>
    /// <param name="states">What the unit computes; overwritten.</param>
    public abstract void ModularGruMixture(
        in ModularGruInput input, in ModularGruMixture mixture, in ModularGruMixtureStates states);

    /// <summary>
    /// Passes gradients of <see cref="ModularGruMixture"/> back through time, down to the pre-activations. Which modules
    /// are selected has no derivative.
    /// </summary>
    /// <param name="input">What the unit read.</param>
    /// <param name="mixture">How it gated its modules.</param>
    /// <param name="states">What the unit computed.</param>
    /// <param name="hiddenGradient"><c>[steps * batch, hidden]</c>, the loss by every new state.</param>
    /// <param name="gradients">The results; overwritten.</param>
    public abstract void ModularGruMixtureGradients(
        in ModularGruInput input,
        in ModularGruMixture mixture,
        in ModularGruMixtureStates states,
        Tensor hiddenGradient,
        in ModularGruMixtureGradients gradients);
}
