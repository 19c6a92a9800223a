using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModularNetworks.TorchSharpPeer;

/// <summary>The modular image classifier, as bench/peers/pytorch/images.py has it.</summary>
internal sealed class ImageClassifier
{
    public const int Size = 32, Channels = 3, Hidden = 48, Classes = 10, Convolutions = 3, Count = 5, ControllerFilters = 20;
    public readonly int M, K;
    private readonly List<Layer> _layers = [];

    public ImageClassifier(int modules, int picks, bool conv)
    {
        (M, K) = (modules, picks);
        int channels = Channels, size = Size;
        for (int i = 0; i < Convolutions; i++)
        {
            _layers.Add(new Layer(
                LanguageModel.Glorot(9 * channels, 9, modules, channels, 3, 3),
                new Parameter(zeros(modules)),
                conv ? LanguageModel.Glorot(9 * channels, 9 * ControllerFilters, ControllerFilters, channels, 3, 3) : null,
                conv ? new Parameter(zeros(ControllerFilters)) : null,
                Linear(conv ? ControllerFilters : channels * size * size),
                new Parameter(zeros(picks * modules))));
            (channels, size) = (picks, size / 2);
        }
        int inputs = channels * size * size;
        foreach (int outputs in (int[])[Hidden, Classes])
        {
            _layers.Add(new Layer(
                LanguageModel.Glorot(inputs, outputs, modules, inputs, outputs), new Parameter(zeros(modules, outputs)), null, null,
                Linear(inputs), new Parameter(zeros(picks * modules))));
            inputs = picks * outputs;
        }
    }

    public Parameter[] Parameters => [.. _layers.SelectMany(layer => layer.Parameters)];

    private Parameter Linear(int inputs) => LanguageModel.Glorot(inputs, K * M, inputs, K * M);

    public static Tensor Convolve(Tensor x, Tensor weight, Tensor bias) =>
        nn.functional.conv2d(nn.functional.pad(x, (0L, 1L, 0L, 1L), PaddingModes.Constant, 0), weight, bias, [2, 2], [0, 0], [1, 1], 1);

    public static Tensor LogProbability(Tensor logProbabilities, Tensor a) =>
        logProbabilities.gather(-1, a.unsqueeze(-1)).squeeze(-1).sum(-1);

    private Tensor LogProbabilities(Layer layer, Tensor x)
    {
        if (layer.Filters is not null)
            x = Convolve(x, layer.Filters, layer.FiltersBias!).relu().mean([2, 3]);
        return Ops.Addmm(layer.ControllerBias, x.flatten(1), layer.Controller).view(-1, K, M).log_softmax(-1);
    }

    private Tensor Run(int number, Tensor x, Tensor a)
    {
        var layer = _layers[number];
        if (number < Convolutions)
        {
            var maps = Convolve(x, layer.Weight, layer.Bias);
            return maps.gather(1, a.unsqueeze(-1).unsqueeze(-1).expand(-1, -1, maps.shape[2], maps.shape[3])).relu();
        }
        long modules = layer.Weight.shape[0], inputs = layer.Weight.shape[1], outputs = layer.Weight.shape[2];
        var y = x.flatten(1).mm(layer.Weight.permute(1, 0, 2).reshape(inputs, modules * outputs)).view(-1, modules, outputs) + layer.Bias;
        y = y.gather(1, a.unsqueeze(-1).expand(-1, -1, outputs));
        return number == Convolutions ? y.flatten(1).relu() : y.sum(1);
    }

    public (Tensor Logits, Tensor LogProbability) Given(Tensor x, Tensor selections)
    {
        Tensor? total = null;
        for (int number = 0; number < Count; number++)
        {
            var a = selections.select(0, number);
            var own = LogProbability(LogProbabilities(_layers[number], x), a);
            total = total is null ? own : total + own;
            x = Run(number, x, a);
        }
        return (x, total!);
    }

    public (Tensor Logits, Tensor LogProbability, Tensor A) Rollout(Tensor x, Tensor stored, int samples)
    {
        long B = x.shape[0], R = samples + 1;
        Tensor? total = null;
        var selections = new List<Tensor>();
        for (int number = 0; number < Count; number++)
        {
            long rows = number == 0 ? 1 : R;
            var logProbabilities = LogProbabilities(_layers[number], x).view(rows, B, K, M);
            var a = (logProbabilities - LanguageModel.NegativeGumbel(R, B, K, M)).argmax(-1);
            a.select(0, 0).copy_(stored.select(0, number));
            var own = LogProbability(logProbabilities.expand(R, B, K, M), a);
            total = total is null ? own : total + own;
            selections.Add(a);
            if (number == 0)
            {
                var y = Convolve(x, _layers[0].Weight, _layers[0].Bias).relu().expand(R, -1, -1, -1, -1);
                x = y.gather(2, a.unsqueeze(-1).unsqueeze(-1).expand(-1, -1, -1, y.shape[3], y.shape[4])).flatten(0, 1);
            }
            else
            {
                x = Run(number, x, a.view(R * B, K));
            }
        }
        return (x, total!, stack(selections, 0));
    }

    private sealed record Layer(Parameter Weight, Parameter Bias, Parameter? Filters, Parameter? FiltersBias, Parameter Controller, Parameter ControllerBias)
    {
        public IEnumerable<Parameter> Parameters =>
            new[] { Weight, Bias, Filters, FiltersBias, Controller, ControllerBias }.OfType<Parameter>();
    }
}
