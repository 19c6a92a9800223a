using TorchSharp;
using static TorchSharp.torch;

namespace ModularNetworks.TorchSharpPeer;

/// <summary>Training on one mini-batch: x, y [T, B] and, for EM, its stored selections [T, B, K].</summary>
internal sealed class TextTraining
{
    private readonly LanguageModel _model;
    private readonly Tensor _x, _y;
    private readonly OutputSoftmax? _softmax;
    private readonly IOptimizer _adam;
    private Tensor _stored;
    private double _averageReward = double.NaN;

    /// <param name="softmax">The output softmax; null for the library's own one and its own optimiser.</param>
    public TextTraining(LanguageModel model, Tensor x, Tensor y, OutputSoftmax? softmax)
    {
        (_model, _x, _y, _softmax) = (model, x, y, softmax);
        _stored = randint(model.M, [x.shape[0], x.shape[1], model.K]);
        _adam = softmax is null ? new PackageAdam(model.Parameters, 1e-3) : new FlatAdam(model.Parameters, 1e-3);
    }

    public double MStep()
    {
        using var scope = NewDisposeScope();
        var (states, logProbabilities) = _model.Given(_x, _stored);
        var (loss, _) = CrossEntropy(states);
        return Update(loss - LanguageModel.LogProbability(logProbabilities, _stored).mean());
    }

    public double ReinforceStep()
    {
        using var scope = NewDisposeScope();
        var (states, logProbabilities, a) = _model.Sampled(_x);
        var (loss, losses) = CrossEntropy(states);
        var reward = -losses.view(_y.shape).sum(dim: 0);
        double mean = reward.mean().item<float>(), average = double.IsNaN(_averageReward) ? mean : _averageReward;
        _averageReward = 0.99 * average + 0.01 * mean;
        return Update(loss - ((reward - average) * LanguageModel.LogProbability(logProbabilities, a)).mean());
    }

    public double TopKStep()
    {
        using var scope = NewDisposeScope();
        return Update(CrossEntropy(_model.Mixed(_x, 4)).Mean);
    }

    public double EStep()
    {
        using var mode = no_grad();
        using var scope = NewDisposeScope();
        const int samples = 10;
        long T = _x.shape[0], B = _x.shape[1], R = samples + 1;
        var (states, logProbabilities, a) = _model.Rollout(_x, _stored, samples);
        var nll = LossesOfCandidates(states);
        var joint = LanguageModel.LogProbability(logProbabilities.view(T, R * B, _model.K, -1), a.view(T, R * B, -1)).view(R, B) - nll.sum(dim: 0);
        var best = joint.argmax(0);
        var stored = a.gather(1, best.view(1, 1, B, 1).expand(T, 1, B, _model.K)).squeeze(1).DetachFromDisposeScope();
        _stored.Dispose();
        _stored = stored;
        return joint.max(0).values.mean().item<float>();
    }

    /// <summary>The loss of every word by the states of every candidate [T, R, B, H]: [T, R, B].</summary>
    private Tensor LossesOfCandidates(Tensor states)
    {
        long T = states.shape[0], R = states.shape[1], B = states.shape[2];
        if (_softmax is not null)
        {
            var targets = _y.unsqueeze(1).expand(T, R, B).reshape(-1);
            return _softmax.Losses(states.view(-1, _model.H), _model.Output, _model.OutputBias, targets).view(T, R, B);
        }
        // One candidate at a time: the logits of all would be 2 GB, twice.
        var ofCandidates = new List<Tensor>();
        for (long r = 0; r < R; r++)
        {
            using var inner = NewDisposeScope();
            ofCandidates.Add(PlainLosses(states.select(1, r).reshape(T * B, -1)).view(T, B).MoveToOuterDisposeScope());
        }
        return stack(ofCandidates, 1);
    }

    private Tensor PlainLosses(Tensor hidden)
    {
        var logits = nn.functional.linear(hidden, _model.Output, _model.OutputBias);
        return nn.functional.cross_entropy(logits, _y.flatten(), reduction: nn.Reduction.None);
    }

    /// <summary>The mean over sequences, differentiable, and the loss of every word without gradient.</summary>
    private (Tensor Mean, Tensor Losses) CrossEntropy(Tensor states)
    {
        var hidden = states.view(-1, _model.H);
        double scale = 1.0 / _y.shape[1];
        _adam.ZeroGradients(); // before gradients are made, not before backward()
        if (_softmax is not null)
            return _softmax.CrossEntropy(hidden, _model.Output, _model.OutputBias, _y.flatten(), scale);
        var losses = PlainLosses(hidden);
        return (losses.sum() * scale, losses.detach());
    }

    private double Update(Tensor loss)
    {
        loss.backward();
        _adam.Step();
        return loss.item<float>();
    }
}
