using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModularNetworks.TorchSharpPeer;

/// <summary>Adam on one vector that all parameters are parts of: a dozen calls for all, not for each.</summary>
internal sealed class FlatAdam : IOptimizer
{
    private readonly Parameter[] _parameters;
    private readonly Tensor _values, _mean, _square, _work;
    private readonly double _rate;
    private int _steps;

    public FlatAdam(Parameter[] parameters, double rate)
    {
        using var off = no_grad();
        (_parameters, _rate) = (parameters, rate);
        _values = cat([.. parameters.Select(parameter => parameter.flatten())], 0);
        (_mean, _square, _work) = (zeros_like(_values), zeros_like(_values), empty_like(_values));
        long start = 0;
        foreach (var parameter in parameters)
        {
            parameter.set_(_values.narrow(0, start, parameter.numel()).view(parameter.shape));
            start += parameter.numel();
        }
    }

    public void ZeroGradients()
    {
        foreach (var parameter in _parameters)
            parameter.grad = null;
    }

    public void Step()
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        var gradient = cat([.. _parameters.Select(p => p.grad is { } g ? g.reshape(-1) : zeros(p.numel()))], 0);
        _steps++;
        _mean.mul_(0.9).add_(gradient, 0.1);
        _square.mul_(0.999).addcmul_(gradient, gradient, 0.001);
        double first = 1 - Math.Pow(0.9, _steps), second = 1 - Math.Pow(0.999, _steps);
        _work.copy_(_square).sqrt_().div_(Math.Sqrt(second)).add_(1e-8);
        _values.addcdiv_(_mean, _work, -_rate / first);
    }
}
