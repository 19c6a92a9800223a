using TorchSharp;
using static TorchSharp.torch;

namespace ModularNetworks.TorchSharpPeer;

/// <summary>Training on one mini-batch: images [B, 3, 32, 32], classes [B] and stored selections [layers, B, K].</summary>
internal sealed class ImageTraining
{
    private readonly ImageClassifier _model;
    private readonly Tensor _x, _y;
    private readonly IOptimizer _adam;
    private Tensor _stored;

    public ImageTraining(ImageClassifier model, int batch, bool isStock)
    {
        (_model, _x, _y) = (model, randn(batch, 3, 32, 32), randint(10, [batch]));
        _stored = randint(model.M, [ImageClassifier.Count, batch, model.K]);
        _adam = isStock ? new PackageAdam(model.Parameters, 1e-3) : new FlatAdam(model.Parameters, 1e-3);
    }

    public double MStep()
    {
        using var scope = NewDisposeScope();
        var (logits, selection) = _model.Given(_x, _stored);
        var loss = nn.functional.cross_entropy(logits, _y) - selection.mean();
        _adam.ZeroGradients();
        loss.backward();
        _adam.Step();
        return loss.item<float>();
    }

    public double EStep()
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        const int samples = 10;
        long B = _x.shape[0], R = samples + 1;
        var (logits, selection, a) = _model.Rollout(_x, _stored, samples);
        var joint = selection - nn.functional.cross_entropy(logits, _y.repeat(R), reduction: nn.Reduction.None).view(R, B);
        var best = joint.argmax(0);
        var stored = a.gather(1, best.view(1, 1, B, 1).expand(ImageClassifier.Count, 1, B, _model.K)).squeeze(1).DetachFromDisposeScope();
        _stored.Dispose();
        _stored = stored;
        return joint.max(0).values.mean().item<float>();
    }
}
