using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModularNetworks.TorchSharpPeer;

/// <summary>A modular linear layer, K = 1: rows sorted by module, one product for each module that is used.</summary>
internal sealed class ModularLayer
{
    public const int Rows = 4096, Units = 256, SmallUnits = 32;

    private readonly int _modules;
    private readonly Tensor _x, _yGradient, _a;
    private readonly Parameter _weight, _bias;
    private readonly IOptimizer _adam;

    public ModularLayer(int rows, int inputs, int outputs, int modules)
    {
        _modules = modules;
        _x = new Parameter(randn(rows, inputs));
        _yGradient = randn(rows, outputs);
        _a = randint(modules, [rows]);
        _weight = new Parameter(randn(modules, inputs, outputs) * 0.05);
        _bias = new Parameter(zeros(modules, outputs));
        _adam = new PackageAdam([_weight, _bias], 1e-3);
    }

    /// <summary>Forward and backward with derivatives by hand: autograd would gather and scatter once more.</summary>
    public void Step()
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        _x.grad = _weight.grad = _bias.grad = null;
        var order = _a.argsort();
        long[] counts = _a.bincount(null, _modules).data<long>().ToArray();
        Tensor sortedX = _x.index_select(0, order), sortedY = empty_like(_yGradient);
        long first = 0;
        for (int m = 0; m < _modules; first += counts[m++])
        {
            if (counts[m] == 0)
                continue;
            using var inner = NewDisposeScope();
            var rows = sortedY.narrow(0, first, counts[m]);
            rows.copy_(_bias.select(0, m)).addmm_(sortedX.narrow(0, first, counts[m]), _weight.select(0, m));
        }
        var y = empty_like(sortedY).index_copy_(0, order, sortedY);

        Tensor sortedGradient = _yGradient.index_select(0, order), sortedXGradient = empty_like(sortedX);
        Tensor weightGradient = zeros_like(_weight), biasGradient = zeros_like(_bias);
        first = 0;
        for (int m = 0; m < _modules; first += counts[m++])
        {
            if (counts[m] == 0)
                continue;
            using var inner = NewDisposeScope();
            var gradient = sortedGradient.narrow(0, first, counts[m]);
            weightGradient.select(0, m).addmm_(sortedX.narrow(0, first, counts[m]).t(), gradient, beta: 0);
            biasGradient.select(0, m).copy_(gradient.sum(dim: 0));
            sortedXGradient.narrow(0, first, counts[m]).addmm_(gradient, _weight.select(0, m).t(), beta: 0);
        }
        _x.grad = empty_like(_x).index_copy_(0, order, sortedXGradient);
        _weight.grad = weightGradient;
        _bias.grad = biasGradient;
    }

    /// <summary>What one writes first: autograd, a product for each module.</summary>
    public void PlainStep()
    {
        using var scope = NewDisposeScope();
        _x.grad = _weight.grad = _bias.grad = null;
        var order = _a.argsort();
        long[] counts = _a.bincount(null, _modules).data<long>().ToArray();
        var inputs = _x.index_select(0, order).split(counts, 0);
        Tensor[] weights = _weight.unbind(0), biases = _bias.unbind(0);
        var outputs = new List<Tensor>();
        for (int m = 0; m < _modules; m++)
        {
            if (counts[m] > 0)
                outputs.Add(Ops.Addmm(biases[m], inputs[m], weights[m]));
        }
        var y = cat(outputs, 0).index_select(0, order.argsort());
        y.backward([_yGradient]);
    }

    public void DenseStep()
    {
        using var scope = NewDisposeScope();
        _x.grad = _weight.grad = null;
        _x.mm(_weight[0]).backward([_yGradient]);
    }

    public void StepAndAdam()
    {
        Step();
        _adam.Step();
    }
}
