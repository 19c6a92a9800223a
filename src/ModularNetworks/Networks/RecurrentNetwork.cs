using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A network with one modular layer that goes through a sequence step by step and is scored at every step:
/// <code>
/// p(y, a|x) = product over t of p(a_t|h_{t-1}, x_t) p(y_t|h_t, a_t)      h_t = f(h_{t-1}, x_t, a_t)
/// </code>
/// Beside the whole computation it offers single steps, so that searches can choose a_t by the states they reach.
/// </summary>
/// <remarks>Single steps are run with as many states for each datapoint as there are candidates.</remarks>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public abstract class RecurrentNetwork<TBatch> : ModularNetwork<TBatch>
{
    /// <summary>The layer's part of a composition.</summary>
    /// <exception cref="InvalidOperationException">The layout names more than one layer.</exception>
    public LayerLayout Layer => Layout.Layers is [var layer]
        ? layer
        : throw new InvalidOperationException(
            $"RecurrentNetwork: the layout names {Counted.Of(Layout.Layers.Count, "layer")}; single steps need exactly one. Derive from "
            + "ModularNetwork instead.");

    /// <summary>h_0.</summary>
    /// <param name="rows">The rows of the run; its tape lends the memory. There is one candidate.</param>
    /// <param name="batch">The datapoints.</param>
    /// <returns><c>[batch, hidden]</c>.</returns>
    public abstract Tensor InitialStates(BatchRows rows, TBatch batch);

    /// <summary>The unnormalised log-probabilities of a_t.</summary>
    /// <param name="rows">The rows of the run; its tape records the operations.</param>
    /// <param name="batch">The datapoints.</param>
    /// <param name="step">t, from 0.</param>
    /// <param name="states">h_{t-1}, <c>[rows, hidden]</c>.</param>
    /// <returns><c>[rows, K, modules]</c>.</returns>
    public abstract SelectionLogits SelectionLogits(BatchRows rows, TBatch batch, int step, Tensor states);

    /// <summary>Takes one step.</summary>
    /// <param name="rows">The rows of the run; its tape records the operations.</param>
    /// <param name="batch">The datapoints.</param>
    /// <param name="step">t, from 0.</param>
    /// <param name="states">h_{t-1}, <c>[rows, hidden]</c>.</param>
    /// <param name="selection">a_t, <c>[rows, K]</c>.</param>
    /// <returns>h_t, <c>[rows, hidden]</c>.</returns>
    public abstract Tensor NextStates(
        BatchRows rows, TBatch batch, int step, Tensor states, IndexTensor selection);

    /// <summary>Scores the states of one step.</summary>
    /// <param name="rows">The rows of the run; its tape records the operations.</param>
    /// <param name="batch">The datapoints.</param>
    /// <param name="step">t, from 0.</param>
    /// <param name="states">h_t, <c>[rows, hidden]</c>.</param>
    /// <param name="selection">a_t, <c>[rows, K]</c>, by which h_t was reached.</param>
    /// <returns>log p(y_t|h_t, a_t), <c>[rows]</c>, in nats.</returns>
    public abstract Tensor StepLogLikelihood(BatchRows rows, TBatch batch, int step, Tensor states, IndexTensor selection);
}
