using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>A network that can only be run as a whole, whatever the one it stands for can do.</summary>
internal sealed class WholeNetwork<TBatch>(ModularNetwork<TBatch> network, CompositionLayout? layout = null)
    : ModularNetwork<TBatch>
{
    public override CompositionLayout Layout => layout ?? network.Layout;

    public override IReadOnlyList<Parameter> Parameters => network.Parameters;

    public override Tensor LogLikelihood(ForwardPass pass, TBatch batch) => network.LogLikelihood(pass, batch);
}
