using BenchmarkDotNet.Attributes;
using ModularNetworks.Engine;

namespace ModularNetworks.Bench;

/// <summary>The language model's output: a softmax of 10,000 words for each of 128 x 35 places.</summary>
public class LinearCrossEntropyBenchmark : KernelBenchmark
{
    private const int Rows = 4480;
    private const int Features = 8;
    private const int Classes = 10_000;

    private Tensor _hidden = null!;
    private Tensor _weight = null!;
    private Tensor _bias = null!;
    private IndexTensor _targets = null!;
    private Tensor _losses = null!;
    private Tensor _hiddenGradient = null!;
    private Tensor _weightGradient = null!;
    private Tensor _biasGradient = null!;

    /// <summary>The losses alone.</summary>
    [Benchmark]
    public void Losses() =>
        Kernels.LinearCrossEntropy(Matrix.Of(_hidden), Matrix.Of(_weight), _bias, _targets, _losses);

    /// <summary>The losses with the gradients of their sum.</summary>
    [Benchmark]
    public void Gradients() => Kernels.LinearCrossEntropyGradients(new(
        Matrix.Of(_hidden),
        Matrix.Of(_weight),
        _bias,
        _targets,
        null,
        _losses,
        Matrix.Of(_hiddenGradient),
        Matrix.Of(_weightGradient),
        _biasGradient));

    /// <summary>Products alone, without exponentials: one for the losses, three with gradients.</summary>
    public override Work WorkOf(string method)
    {
        double passes = method == nameof(Gradients) ? 3 : 1;
        double numbers = (Rows * (Features + 1.0)) + (Classes * (Features + 1.0));
        return new(passes * 2 * Rows * Features * Classes, sizeof(float) * numbers * (passes > 1 ? 2 : 1));
    }

    /// <inheritdoc/>
    protected override void CreateTensors()
    {
        (_hidden, _hiddenGradient) = (Random(Rows, Features), Random(Rows, Features));
        (_weight, _weightGradient) = (Random(Features, Classes), Random(Features, Classes));
        (_bias, _biasGradient) = (Random(Classes), Random(Classes));
        _targets = RandomIndices(new Shape(Rows), Classes);
        _losses = Random(Rows);
    }
}
