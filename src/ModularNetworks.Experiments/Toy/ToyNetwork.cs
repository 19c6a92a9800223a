using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>
/// The network of the toy problem (paper, section 3.1): one modular layer of linear modules whose output is the mean of
/// a Gaussian.
/// </summary>
public sealed class ToyNetwork : ModularNetwork<RegressionBatch>
{
    private const int Dimensions = 2;

    private readonly ModularLayer _layer;
    private readonly GaussianLikelihood _likelihood;

    /// <summary>Creates the network.</summary>
    /// <param name="modules">M.</param>
    /// <param name="picks">K.</param>
    /// <param name="rule">How the trained network selects its modules, which decides what chooses them.</param>
    /// <param name="likelihood">The observation noise.</param>
    /// <param name="key">Decides the initial weights.</param>
    public ToyNetwork(int modules, int picks, SelectionRule rule, GaussianLikelihood likelihood, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(likelihood);
        Modules = new LinearModules("modules", modules, Dimensions, Dimensions, Activation.None, key.Split("modules"));
        var chooser = rule.CreateChooser(
            picks,
            () => new LinearController("controller", Dimensions, modules, picks, key.Split("controller")),
            () => new NoisyGate("noisyGate", Dimensions, modules));
        _layer = new ModularLayer("layer", Modules, chooser);
        _likelihood = likelihood;
        MultiplyAdds = _layer.MultiplyAdds(rule);
        Layout = new CompositionLayout(_layer.Layout);
        Parameters = [.. _layer.Parameters, .. likelihood.Parameters];
    }

    /// <summary>The modules.</summary>
    public LinearModules Modules { get; }

    /// <summary>The multiply-adds for one point.</summary>
    public long MultiplyAdds { get; }

    /// <inheritdoc/>
    public override CompositionLayout Layout { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> ControllerParameters => _layer.Chooser.Parameters;

    /// <inheritdoc/>
    public override Tensor LogLikelihood(ForwardPass pass, RegressionBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return _likelihood.LogLikelihood(pass, Predict(pass, batch.Inputs), batch.Targets);
    }

    /// <summary>The network's output, <c>[rows, 2]</c>.</summary>
    /// <param name="pass">The run, whose rule decides how modules are selected.</param>
    /// <param name="inputs"><c>[batch, 2]</c>.</param>
    public Tensor Predict(ForwardPass pass, Tensor inputs) => _layer.Forward(pass, inputs);
}
