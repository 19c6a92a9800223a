namespace ModularNetworks.TorchSharpPeer;

/// <summary>What a training needs of an optimiser.</summary>
internal interface IOptimizer
{
    void ZeroGradients();

    void Step();
}
