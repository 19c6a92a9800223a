using ModularNetworks.Engine;

namespace ModularNetworks.Attack;

/// <summary>Two modular layers, of which each sample is the target of a Gaussian likelihood.</summary>
internal sealed class Regression(IReadOnlyList<ModularLayer> layers) : ModularNetwork<Batch>
{
    private readonly GaussianLikelihood _likelihood = GaussianLikelihood.Fixed(1);

    /// <summary>The modules of the layers.</summary>
    public IReadOnlyList<ModulePool> Pools { get; } = [.. layers.Select(layer => layer.Pool)];

    /// <summary>Whether nothing in it chooses, so that tasks can be trained one after the other.</summary>
    public bool IsFixed { get; } = layers.All(layer => layer.Chooser is FixedChoice);

    public override CompositionLayout Layout { get; } = new([.. layers.Select(layer => layer.Layout)]);

    public override IReadOnlyList<Parameter> Parameters { get; } = [.. layers.SelectMany(layer => layer.Parameters)];

    public override Tensor LogLikelihood(ForwardPass pass, Batch batch) =>
        _likelihood.LogLikelihood(pass, layers.Aggregate(batch.Inputs, (input, layer) => layer.Forward(pass, input)), batch.Inputs);
}
