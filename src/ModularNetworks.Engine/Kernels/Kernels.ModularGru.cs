namespace ModularNetworks.Engine;

public abstract partial class Kernels
{
    /// <summary>
    /// Runs a modular gated recurrent unit (paper, appendix A) over a batch of sequences whose selections are known:
    /// <code>
    /// z, r = sigmoid(gateInputs + h x gateWeight)
    /// c    = f(proposalInputs + sum_k (r * h) x moduleWeight[selection k])
    /// h'   = (1 - z) * h + z * c
    /// </code>
    /// with f relu or tanh. Rows are time-major: row <c>t * batch + b</c>.
    /// </summary>
    /// <param name="input">What the unit reads.</param>
    /// <param name="selection"><c>[steps * batch, K]</c>, the selected modules.</param>
    /// <param name="proposalInputs">
    /// <c>[steps * batch, hidden]</c>, the selected modules' share of the inputs and biases.
    /// </param>
    /// <param name="states">What the unit computes; overwritten.</param>
    public abstract void ModularGru(
        in ModularGruInput input, IndexTensor selection, Tensor proposalInputs, in ModularGruStates states);

    /// <summary>Passes gradients of <see cref="ModularGru"/> back through time, down to the pre-activations.</summary>
    /// <param name="input">What the unit read.</param>
    /// <param name="selection"><c>[steps * batch, K]</c>, the selected modules.</param>
    /// <param name="states">What the unit computed.</param>
    /// <param name="hiddenGradient"><c>[steps * batch, hidden]</c>, the loss by every new state.</param>
    /// <param name="gradients">The results; overwritten.</param>
    public abstract void ModularGruGradients(
        in ModularGruInput input,
        IndexTensor selection,
        in ModularGruStates states,
        Tensor hiddenGradient,
        in ModularGruGradients gradients);

    /// <summary>
    /// Runs a modular gated recurrent unit while its controller selects modules step by step, without gradients.
    /// Every sequence is run <see cref="ModularGruRollout.Candidates"/> times; row
    /// <c>(t * candidates + candidate) * batch + b</c> of the results.
    /// </summary>
    /// <param name="input">What the unit reads; <see cref="ModularGruInput.Initial"/> is shared by all candidates.</param>
    /// <param name="rollout">How modules are selected.</param>
    /// <param name="hidden"><c>[steps * candidates * batch, hidden]</c>, every new state; overwritten.</param>
    /// <param name="selection"><c>[steps * candidates * batch, K]</c>, the selected modules; overwritten.</param>
    /// <param name="logProbability"><c>[candidates * batch]</c>, log p(a|x) of the whole sequence, in nats; overwritten.</param>
    public abstract void ModularGruRollout(
        in ModularGruInput input,
        in ModularGruRollout rollout,
        Tensor hidden,
        IndexTensor selection,
        Tensor logProbability);
}
