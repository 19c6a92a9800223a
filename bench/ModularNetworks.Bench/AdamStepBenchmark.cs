using BenchmarkDotNet.Attributes;
using ModularNetworks.Engine;

namespace ModularNetworks.Bench;

/// <summary>A step of Adam for a parameter that fits the caches, and for one that does not.</summary>
public class AdamStepBenchmark : KernelBenchmark
{
    private static readonly AdamStepSettings Settings = new(
        StepSize: 1e-3, Beta1: 0.9, Beta2: 0.999, RootCorrection: 1, Epsilon: 1e-8, Keep: 1);

    private Tensor _value = null!;
    private Tensor _gradient = null!;
    private Tensor _mean = null!;
    private Tensor _variance = null!;

    /// <summary>The elements of the parameter.</summary>
    [Params(1 << 16, 1 << 24)]
    public int Elements { get; set; }

    /// <summary>One step.</summary>
    [Benchmark]
    public void Step() => Kernels.AdamStep(_value, _gradient, _mean, _variance, Settings);

    /// <summary>Fourteen operations an element; four arrays are read and written.</summary>
    public override Work WorkOf(string method) => new(14.0 * Elements, 8.0 * sizeof(float) * Elements);

    /// <inheritdoc/>
    protected override void CreateTensors()
    {
        (_value, _gradient) = (Random(Elements), Random(Elements));
        (_mean, _variance) = (Random(Elements), Tensor.Allocate(new Shape(Elements)));
    }
}
