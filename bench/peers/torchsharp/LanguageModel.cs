using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModularNetworks.TorchSharpPeer;

/// <summary>The modular GRU language model, as bench/peers/pytorch/model.py has it: the same products in the same order.</summary>
internal sealed class LanguageModel
{
    public readonly int M, K, H, E, Words;
    public readonly Parameter Embedding, GateH, GateX, ModuleH, ModuleX, ModuleBias, ControllerH, ControllerX, ControllerBias;
    public readonly Parameter NoisyGateH, NoisyGateX, Output, OutputBias;

    public LanguageModel(int modules, int picks, int words = 10_000, int embedding = 32, int hidden = 8)
    {
        (M, K, H, E, Words) = (modules, picks, hidden, embedding, words);
        int joined = embedding + hidden, logits = picks * modules;
        Embedding = Glorot(words, embedding, words, embedding);
        GateH = Glorot(joined, hidden, hidden, 2 * hidden);
        GateX = Glorot(joined, hidden, embedding, 2 * hidden);
        ModuleH = Glorot(joined, hidden, modules, hidden, hidden);
        ModuleX = Glorot(joined, hidden, modules, embedding, hidden);
        ModuleBias = new Parameter(zeros(modules, hidden));
        ControllerH = Glorot(joined, logits, hidden, logits);
        ControllerX = Glorot(joined, logits, embedding, logits);
        ControllerBias = new Parameter(zeros(logits));
        NoisyGateH = new Parameter(zeros(hidden, 2 * modules));
        NoisyGateX = new Parameter(zeros(embedding, 2 * modules));
        Output = Glorot(hidden, words, words, hidden);
        OutputBias = new Parameter(zeros(words));
    }

    public Parameter[] Parameters =>
    [
        Embedding, GateH, GateX, ModuleH, ModuleX, ModuleBias, ControllerH, ControllerX, ControllerBias, NoisyGateH, NoisyGateX,
        Output, OutputBias,
    ];

    public static Parameter Glorot(int fanIn, int fanOut, params long[] shape)
    {
        double limit = Math.Sqrt(6.0 / (fanIn + fanOut));
        return new Parameter(empty(shape).uniform_(-limit, limit));
    }

    /// <summary>The log of Exp(1) noise.</summary>
    public static Tensor NegativeGumbel(params long[] shape) => rand(shape).log_().neg_().log_();

    /// <summary>[T, B, K, M] and a [T, B, K] -> log p(a), summed over T and K: [B].</summary>
    public static Tensor LogProbability(Tensor logProbabilities, Tensor a) =>
        logProbabilities.gather(-1, a.unsqueeze(-1)).squeeze(-1).sum(-1).sum(dim: 0);

    private (Tensor Gates, Tensor Modules, Tensor Controller) InputProducts(Tensor x)
    {
        long T = x.shape[0], B = x.shape[1];
        var e = Embedding.index_select(0, x.flatten());
        var moduleX = ModuleX.permute(1, 0, 2).reshape(E, M * H);
        var gates = e.mm(GateX).view(T, B, -1);
        var modules = Ops.Addmm(ModuleBias.flatten(), e, moduleX).view(T, B, M, H);
        return (gates, modules, Ops.Addmm(ControllerBias, e, ControllerX).view(T, B, -1));
    }

    /// <summary>Runs given selections, differentiable: states, and the controller's log-probabilities [T, B, K, M].</summary>
    public (Tensor States, Tensor LogProbabilities) Given(Tensor x, Tensor a)
    {
        long T = x.shape[0], B = x.shape[1];
        var (gatesX, modulesX, controllerX) = InputProducts(x);
        var chosenX = modulesX.gather(2, a.unsqueeze(-1).expand(T, B, K, H)).sum(2);
        var counts = nn.functional.one_hot(a, M).sum(2).to(ScalarType.Float32).unsqueeze(-1);
        var moduleH = ModuleH.reshape(M * H, H);
        var h = zeros(B, H);
        var states = new List<Tensor> { h };
        Tensor[] gates = gatesX.unbind(0), chosen = chosenX.unbind(0), count = counts.unbind(0);
        for (int t = 0; t < T; t++)
        {
            var zr = Ops.Addmm(gates[t], h, GateH).sigmoid().split(H, 1);
            var u = ((zr[1] * h).unsqueeze(1) * count[t]).flatten(1);
            h = lerp(h, Ops.Addmm(chosen[t], u, moduleH).relu(), zr[0]);
            states.Add(h);
        }
        var before = cat(states[..^1], 0);
        var logits = Ops.Addmm(controllerX.view(T * B, -1), before, ControllerH);
        return (stack(states[1..], 0), logits.view(T, B, K, M).log_softmax(-1));
    }

    /// <summary>Samples selections step by step, differentiable: states, log-probabilities [T, B, K, M], a [T, B, K].</summary>
    public (Tensor States, Tensor LogProbabilities, Tensor A) Sampled(Tensor x)
    {
        long T = x.shape[0], B = x.shape[1];
        var (gatesX, modulesX, controllerX) = InputProducts(x);
        var moduleH = ModuleH.reshape(M * H, H);
        Tensor[] noisyX, gates = gatesX.unbind(0), allX = modulesX.unbind(0);
        using (no_grad())
            noisyX = (controllerX - NegativeGumbel(T, B, K * M)).unbind(0);
        var h = zeros(B, H);
        List<Tensor> states = [h], selections = [];
        for (int t = 0; t < T; t++)
        {
            Tensor a, count;
            using (no_grad())
            {
                a = Ops.Addmm(noisyX[t], h, ControllerH).view(B, K, M).argmax(-1);
                count = nn.functional.one_hot(a, M).sum(1).to(ScalarType.Float32).unsqueeze(-1);
            }
            var zr = Ops.Addmm(gates[t], h, GateH).sigmoid().split(H, 1);
            var u = ((zr[1] * h).unsqueeze(1) * count).flatten(1);
            var chosen = allX[t].gather(1, a.unsqueeze(-1).expand(B, K, H)).sum(1);
            h = lerp(h, Ops.Addmm(chosen, u, moduleH).relu(), zr[0]);
            states.Add(h);
            selections.Add(a);
        }
        var logits = Ops.Addmm(controllerX.view(T * B, -1), cat(states[..^1], 0), ControllerH);
        return (stack(states[1..], 0), logits.view(T, B, K, M).log_softmax(-1), stack(selections, 0));
    }

    /// <summary>Noisy top-k gating: the states when the best few modules are mixed with softmax weights.</summary>
    public Tensor Mixed(Tensor x, int experts)
    {
        long T = x.shape[0], B = x.shape[1];
        var (gatesX, modulesX, _) = InputProducts(x);
        var noisyX = Embedding.index_select(0, x.flatten()).mm(NoisyGateX).view(T, B, 2 * M).unbind(0);
        var moduleH = ModuleH.reshape(M * H, H);
        var noise = randn(T, B, M).unbind(0);
        Tensor[] gates = gatesX.unbind(0), allX = modulesX.unbind(0);
        var h = zeros(B, H);
        List<Tensor> states = [];
        for (int t = 0; t < T; t++)
        {
            var clean = Ops.Addmm(noisyX[t], h, NoisyGateH).split(M, 1);
            var (best, kept) = addcmul(clean[0], noise[t], clean[1].softplus(1, 20), 1).topk(Math.Min(experts, M), 1);
            var share = zeros(B, M).scatter(1, kept, best.softmax(1)).unsqueeze(-1);
            var zr = Ops.Addmm(gates[t], h, GateH).sigmoid().split(H, 1);
            var u = ((zr[1] * h).unsqueeze(1) * share).flatten(1);
            h = lerp(h, Ops.Addmm((allX[t] * share).sum(1), u, moduleH).relu(), zr[0]);
            states.Add(h);
        }
        return stack(states, 0);
    }

    /// <summary>Runs R = samples + 1 selections of every sequence at once, group 0 the stored ones: states [T, R, B, H],
    /// log-probabilities [T, R, B, K, M], selections [T, R, B, K].</summary>
    public (Tensor States, Tensor LogProbabilities, Tensor A) Rollout(Tensor x, Tensor stored, int samples)
    {
        long T = x.shape[0], B = x.shape[1], R = samples + 1;
        var (gatesX, modulesX, controllerX) = InputProducts(x);
        var jointX = cat([gatesX, controllerX], 2).unsqueeze(1).unbind(0);
        var jointH = cat([GateH, ControllerH], 1);
        var allX = modulesX.view(T, 1, B, M * H).unbind(0);
        var moduleH = ModuleH.permute(1, 0, 2).reshape(H, M * H);
        var noise = NegativeGumbel(T, R, B, K, M).unbind(0);
        var storedA = stored.unbind(0);
        List<Tensor> states = [], logits = [], selections = [];
        var h = zeros(R, B, H);
        for (int t = 0; t < T; t++)
        {
            using var scope = NewDisposeScope();
            var joint = h.reshape(R * B, H).mm(jointH).view(R, B, -1).add_(jointX[t]);
            var logit = joint.narrow(2, 2 * H, K * M).reshape(R, B, K, M);
            var a = (logit - noise[t]).argmax(-1);
            a.select(0, 0).copy_(storedA[t]);
            var zr = joint.narrow(2, 0, 2 * H).sigmoid_().split(H, -1);
            var all = (zr[1] * h).reshape(R * B, H).mm(moduleH).view(R, B, M * H).add_(allX[t]);
            var chosen = all.view(R, B, M, H).gather(2, a.unsqueeze(-1).expand(R, B, K, H));
            var candidate = (K == 1 ? chosen.squeeze(2) : chosen.sum(2)).relu_();
            h = lerp(h, candidate, zr[0]);
            states.Add(h.MoveToOuterDisposeScope());
            logits.Add(logit.MoveToOuterDisposeScope());
            selections.Add(a.MoveToOuterDisposeScope());
        }
        return (stack(states, 0), stack(logits, 0).log_softmax(-1), stack(selections, 0));
    }
}
