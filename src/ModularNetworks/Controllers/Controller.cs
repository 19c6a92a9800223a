using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// p(a|x, φ): for every input, K independent categorical distributions over M modules. Derive from this class for a
/// controller of your own; <see cref="LinearController"/> is the paper's.
/// </summary>
public abstract class Controller : Chooser
{
    /// <summary>The unnormalised log-probabilities of the K choices.</summary>
    /// <param name="tape">Records the operations.</param>
    /// <param name="input">The layer's input, rows first, and what each row shows if that is known.</param>
    /// <returns>
    /// Usually a tensor <c>[rows, K, modules]</c>: the distribution of choice k is the softmax over the last axis.
    /// </returns>
    public abstract SelectionLogits Logits(Tape tape, ControllerInput input);
}
