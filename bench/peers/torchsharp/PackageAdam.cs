using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModularNetworks.TorchSharpPeer;

/// <summary>TorchSharp's own Adam.</summary>
internal sealed class PackageAdam(Parameter[] parameters, double rate) : IOptimizer
{
    private readonly optim.Optimizer _adam = optim.Adam(parameters, lr: rate);

    public void ZeroGradients() => _adam.zero_grad();

    public void Step() => _adam.step();
}
