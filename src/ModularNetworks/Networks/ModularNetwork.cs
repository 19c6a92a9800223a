using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A network with modular layers that defines log p(y|x, a, θ) (Eq. 3). Derive from this class, write the forward
/// computation once in <see cref="LogLikelihood"/>, and train it with <see cref="ViterbiEm{TBatch}"/>.
/// </summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public abstract class ModularNetwork<TBatch>
{
    /// <summary>
    /// How the selections of the network's modular layers lie in a composition, in the order in which they run.
    /// </summary>
    public abstract CompositionLayout Layout { get; }

    /// <summary>All parameters: θ of the modules, φ of the controllers, and those of other layers.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>
    /// φ, the parameters of the controllers alone, which <see cref="ViterbiEmOptions.FreezeControllersAfter"/> freezes; none where a network
    /// does not tell them.
    /// </summary>
    public virtual IReadOnlyList<Parameter> ControllerParameters => [];

    /// <summary>Runs the network and scores the targets.</summary>
    /// <param name="pass">The run: its rule decides how modules are selected, its tape records the operations.</param>
    /// <param name="batch">The datapoints.</param>
    /// <returns>log p(y|x, a, θ), <c>[pass.Rows]</c>, in nats: a row a datapoint, or a row a candidate.</returns>
    public abstract Tensor LogLikelihood(ForwardPass pass, TBatch batch);
}
