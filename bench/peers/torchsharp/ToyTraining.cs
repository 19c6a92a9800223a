using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModularNetworks.TorchSharpPeer;

/// <summary>The toy problem: two linear modules of two dimensions and a linear controller, 100 points.</summary>
internal sealed class ToyTraining
{
    private readonly Tensor _x = randn(100, 2), _y = randn(100, 2);
    private readonly Parameter _weight = LanguageModel.Glorot(2, 2, 2, 2, 2), _bias = new(zeros(2, 2));
    private readonly Parameter _controller = LanguageModel.Glorot(2, 2, 2, 2), _controllerBias = new(zeros(2));
    private readonly IOptimizer _adam;
    private Tensor _stored = randint(2, [100]);

    public ToyTraining(bool isStock)
    {
        Parameter[] parameters = [_weight, _bias, _controller, _controllerBias];
        _adam = isStock ? new PackageAdam(parameters, 0.03) : new FlatAdam(parameters, 0.03);
    }

    private Tensor LogProbabilities() => Ops.Addmm(_controllerBias, _x, _controller).log_softmax(-1);

    private Tensor LogLikelihoods() => ((matmul(_x, _weight) + _bias.unsqueeze(1)) - _y).square().sum(-1).t() * (-0.5 / 0.04);

    public double MStep()
    {
        using var scope = NewDisposeScope();
        var loss = -(LogLikelihoods() + LogProbabilities()).gather(1, _stored.unsqueeze(1)).mean();
        _adam.ZeroGradients();
        loss.backward();
        _adam.Step();
        return loss.item<float>();
    }

    public double EStep()
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        var logProbabilities = LogProbabilities();
        var sampled = (logProbabilities - LanguageModel.NegativeGumbel(10, 100, 2)).argmax(-1);
        var candidates = cat([_stored.unsqueeze(0), sampled], 0);
        var scores = (LogLikelihoods() + logProbabilities).t().gather(0, candidates);
        var (values, indices) = scores.max(0, false);
        var stored = candidates.gather(0, indices.unsqueeze(0)).squeeze(0).DetachFromDisposeScope();
        _stored.Dispose();
        _stored = stored;
        return values.mean().item<float>();
    }
}
