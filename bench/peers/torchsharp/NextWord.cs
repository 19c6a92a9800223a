using TorchSharp;
using static TorchSharp.torch;

namespace ModularNetworks.TorchSharpPeer;

/// <summary>The state after one more word, and the module that was used: what serves a sentence, word by word.</summary>
internal sealed class NextWord(LanguageModel model)
{
    private readonly Tensor _words = randint(10_000, [64, 1]);
    private Tensor _h = zeros(1, model.H);
    private long _read;

    public void Step()
    {
        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        var e = model.Embedding.index_select(0, _words.select(0, _read++ % 64));
        var logits = model.ControllerBias + e.mm(model.ControllerX) + _h.mm(model.ControllerH);
        long m = logits.argmax().item<long>();
        var zr = (e.mm(model.GateX) + _h.mm(model.GateH)).sigmoid().split(model.H, 1);
        var candidate = (model.ModuleBias.select(0, m) + e.mm(model.ModuleX.select(0, m))
            + (zr[1] * _h).mm(model.ModuleH.select(0, m))).relu();
        var next = lerp(_h, candidate, zr[0]).DetachFromDisposeScope();
        _h.Dispose();
        _h = next;
    }
}
